package io.berth.chain;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Accounts;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.akash.ProviderProfile;
import io.berth.domain.akash.SignedAttributes;
import io.berth.domain.certificate.CertificateReader;
import io.berth.domain.funding.GrantReader;
import io.berth.domain.ledger.BlockLookup;
import io.berth.domain.ledger.Broadcast;
import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Prepared;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionChain;
import io.berth.domain.ledger.TransactionRequest;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.provider.ProviderRegister;
import io.berth.proto.akash.audit.v1.QueryAllProvidersAttributesRequest;
import io.berth.proto.akash.audit.v1.QueryProviderAttributesRequest;
import io.berth.proto.akash.cert.v1.CertificateFilter;
import io.berth.proto.akash.cert.v1.QueryCertificatesRequest;
import io.berth.proto.akash.deployment.v1beta4.DeploymentFilters;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsRequest;
import io.berth.proto.akash.market.v1.LeaseFilters;
import io.berth.proto.akash.market.v1beta5.BidFilters;
import io.berth.proto.akash.market.v1beta5.QueryBidsRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeasesRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProviderRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProvidersRequest;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoRequest;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsRequest;
import io.berth.proto.cosmos.bank.v1beta1.QueryBalanceRequest;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.node.v1beta1.StatusRequest;
import io.berth.proto.cosmos.base.node.v1beta1.StatusResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetBlockByHeightRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.Header;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceResponse;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastMode;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.GetTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.SimulateRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A node of the chain, over gRPC. Safe for use by several threads. Every method throws {@link
 * io.berth.domain.ledger.ChainUnavailableException} when the node does not answer within the
 * deadline, and {@link IllegalStateException} when it is on another chain than the configured one.
 */
public final class NodeClient
    implements TransactionChain,
        AkashReader,
        CertificateReader,
        Accounts,
        GrantReader,
        ProviderRegister,
        AutoCloseable {
  /** Ample for reading, reducing and writing one fee allowance and two balances. */
  private static final long ALLOWANCE_GAS = 30_000;

  /** Instead of a height: the state after the newest block. */
  private static final long NEWEST = 0;

  private static final int COMPRESSED_KEY_BYTES = 33;
  private static final int MAX_MEMO_BYTES = 256;

  /** Accounts kept in memory. */
  private static final int MAX_ACCOUNTS = 1_000;

  private final NodeConfig config;
  private final NodeConnection node;
  private final Map<String, BaseAccount> accounts = new ConcurrentHashMap<>();
  private volatile boolean chainIsRight;
  private volatile boolean servesStatus = true;

  /** A client that connects on its first call. */
  public NodeClient(NodeConfig config) {
    this(config, NodeConnection.to(config.node(), config.deadline()));
  }

  NodeClient(NodeConfig config, NodeConnection node) {
    this.config = config;
    this.node = node;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a message is another's to sign, the memo has more than 256
   *     bytes, or the key is not a compressed one
   */
  @Override
  public Prepared prepare(TransactionRequest request) {
    check(request);
    checkChain();
    Optional<BaseAccount> account = signerOf(request);
    if (account.isEmpty()) {
      return new Prepared.Refused(
          new ChainError.Known(
              ChainFault.UNKNOWN_ADDRESS, "account " + request.signer() + " not found"));
    }
    TransactionRequest numbered = numbered(request, account.get());
    return switch (simulate(numbered)) {
      case Simulated.Refused refused -> new Prepared.Refused(refused.error());
      case Simulated.Used used ->
          new Prepared.Ready(
              Transactions.unsigned(
                  numbered,
                  fee(used.gas(), numbered),
                  config.chainId(),
                  account.get().getAccountNumber()));
    };
  }

  /**
   * The signer's account. An unordered transaction needs its number only, which never changes, so
   * accounts that were seen serve again.
   */
  private Optional<BaseAccount> signerOf(TransactionRequest request) {
    BaseAccount seen = accounts.get(request.signer());
    if (seen != null && request.replay() instanceof Replay.ByTimeout) {
      return Optional.of(seen);
    }
    Optional<BaseAccount> account = account(request.signer());
    account.ifPresent(
        found -> {
          if (accounts.size() >= MAX_ACCOUNTS) {
            accounts.clear();
          }
          accounts.put(request.signer(), found);
        });
    return account;
  }

  /** The account's sequence, unless the caller knows of a later one. */
  private static TransactionRequest numbered(TransactionRequest request, BaseAccount account) {
    return switch (request.replay()) {
      case Replay.ByTimeout unordered -> request;
      case Replay.BySequence(long least) ->
          request.with(new Replay.BySequence(Math.max(least, account.getSequence())));
    };
  }

  @Override
  public Broadcast broadcast(Bytes signed) {
    checkChain();
    BroadcastTxRequest request =
        BroadcastTxRequest.newBuilder()
            .setTxBytes(Messages.bytes(signed))
            .setMode(BroadcastMode.BROADCAST_MODE_SYNC)
            .build();
    TxResponse response;
    try {
      response = transactions().broadcastTx(request).getTxResponse();
    } catch (StatusRuntimeException e) {
      // Some nodes pass on the words of their mempool instead of a code.
      if (String.valueOf(e.getStatus().getDescription()).contains("tx already exists in cache")) {
        return new Broadcast.Accepted();
      }
      throw NodeConnection.failure(e);
    }
    return error(response)
        .filter(error -> !error.is(ChainFault.TX_IN_MEMPOOL))
        .<Broadcast>map(Broadcast.Refused::new)
        .orElseGet(Broadcast.Accepted::new);
  }

  @Override
  public Optional<TransactionResult> find(String hash) {
    checkChain();
    GetTxRequest request = GetTxRequest.newBuilder().setHash(hash).build();
    return NodeConnection.find(() -> transactions().getTx(request).getTxResponse())
        .map(
            response ->
                new TransactionResult(
                    response.getTxhash(),
                    response.getHeight(),
                    response.getGasUsed(),
                    error(response),
                    response.getRawLog()));
  }

  @Override
  public BlockLookup block(long height) {
    checkChain();
    GetBlockByHeightRequest request =
        GetBlockByHeightRequest.newBuilder().setHeight(height).build();
    try {
      var block = blocks().getBlockByHeight(request).getSdkBlock();
      return new BlockLookup.Found(
          block(block.getHeader()),
          block.getData().getTxsList().stream()
              .map(raw -> Transactions.hash(Messages.bytes(raw)))
              .collect(Collectors.toSet()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        return new BlockLookup.NotYet();
      }
      // CometBFT's words for a height below its lowest; they reach us under several codes.
      if (String.valueOf(e.getStatus().getDescription()).contains("is not available")) {
        return new BlockLookup.Pruned();
      }
      throw NodeConnection.failure(e);
    }
  }

  /** {@inheritDoc} By the node's status: the block itself may be megabytes. */
  @Override
  public Block latestBlock() {
    return chainIsRight && servesStatus ? blockOfStatus() : latestBlockItself();
  }

  /**
   * A node whose software does not serve the status is asked for the block instead; so is one that
   * has just started, whose status has no time until its next block.
   */
  private Block blockOfStatus() {
    StatusResponse status;
    try {
      status =
          node.stub(io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc::newBlockingStub)
              .status(StatusRequest.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        servesStatus = false;
        return latestBlockItself();
      }
      throw NodeConnection.failure(e);
    }
    return status.getTimestamp().getSeconds() > 0
        ? new Block(config.chainId(), status.getHeight(), Messages.decode(status.getTimestamp()))
        : latestBlockItself();
  }

  private Block latestBlockItself() {
    Header header =
        NodeConnection.ask(
            () ->
                blocks()
                    .getLatestBlock(GetLatestBlockRequest.getDefaultInstance())
                    .getSdkBlock()
                    .getHeader());
    if (!header.getChainId().equals(config.chainId())) {
      throw new IllegalStateException(
          "the node is on chain " + header.getChainId() + ", not on " + config.chainId());
    }
    chainIsRight = true;
    return block(header);
  }

  private static Block block(Header header) {
    return new Block(header.getChainId(), header.getHeight(), Messages.decode(header.getTime()));
  }

  @Override
  public boolean isSyncing() {
    return NodeConnection.ask(
        () -> blocks().getSyncing(GetSyncingRequest.getDefaultInstance()).getSyncing());
  }

  @Override
  public Optional<Deployment> deployment(DeploymentId id) {
    QueryDeploymentRequest request =
        QueryDeploymentRequest.newBuilder().setId(Messages.encode(id)).build();
    return NodeConnection.find(() -> deployments().deployment(request)).map(ChainReads::deployment);
  }

  @Override
  public List<Deployment> deployments(String owner, Optional<Deployment.State> state) {
    DeploymentFilters filters =
        DeploymentFilters.newBuilder().setOwner(owner).setState(name(state)).build();
    return Pages.all(
        page -> {
          var request =
              QueryDeploymentsRequest.newBuilder().setFilters(filters).setPagination(page).build();
          var response = NodeConnection.ask(() -> deployments().deployments(request));
          return new Pages.Page<>(
              response.getDeploymentsList().stream().map(ChainReads::deployment).toList(),
              response.getPagination());
        });
  }

  @Override
  public List<Bid> bids(DeploymentId id) {
    BidFilters filters = BidFilters.newBuilder().setOwner(id.owner()).setDseq(id.dseq()).build();
    return Pages.all(
        page -> {
          var request =
              QueryBidsRequest.newBuilder().setFilters(filters).setPagination(page).build();
          var response = NodeConnection.ask(() -> market().bids(request));
          return new Pages.Page<>(
              response.getBidsList().stream().map(ChainReads::bid).toList(),
              response.getPagination());
        });
  }

  @Override
  public List<Lease> leases(DeploymentId id) {
    return leases(LeaseFilters.newBuilder().setOwner(id.owner()).setDseq(id.dseq()).build());
  }

  @Override
  public List<Lease> leasesOf(String owner, Optional<Lease.State> state) {
    return leases(LeaseFilters.newBuilder().setOwner(owner).setState(name(state)).build());
  }

  @Override
  public Optional<Provider> provider(String owner) {
    QueryProviderRequest request = QueryProviderRequest.newBuilder().setOwner(owner).build();
    return NodeConnection.find(
            () ->
                node.stub(io.berth.proto.akash.provider.v1beta4.QueryGrpc::newBlockingStub)
                    .provider(request)
                    .getProvider())
        .map(ChainReads::provider);
  }

  @Override
  public List<ProviderProfile> providers() {
    return Pages.all(
        page -> {
          var request = QueryProvidersRequest.newBuilder().setPagination(page).build();
          var response =
              NodeConnection.ask(
                  () ->
                      node.stub(io.berth.proto.akash.provider.v1beta4.QueryGrpc::newBlockingStub)
                          .providers(request));
          return new Pages.Page<>(
              response.getProvidersList().stream().map(ChainReads::profile).toList(),
              response.getPagination());
        });
  }

  @Override
  public List<SignedAttributes> signedAttributes() {
    return Pages.all(
        page -> {
          var request = QueryAllProvidersAttributesRequest.newBuilder().setPagination(page).build();
          var response =
              NodeConnection.ask(
                  () ->
                      node.stub(io.berth.proto.akash.audit.v1.QueryGrpc::newBlockingStub)
                          .allProvidersAttributes(request));
          return new Pages.Page<>(
              response.getProvidersList().stream().map(ChainReads::signedAttributes).toList(),
              response.getPagination());
        });
  }

  @Override
  public boolean isAudited(String provider) {
    QueryProviderAttributesRequest request =
        QueryProviderAttributesRequest.newBuilder().setOwner(provider).build();
    return NodeConnection.find(
            () ->
                node.stub(io.berth.proto.akash.audit.v1.QueryGrpc::newBlockingStub)
                    .providerAttributes(request)
                    .getProvidersList())
        .filter(signed -> !signed.isEmpty())
        .isPresent();
  }

  @Override
  public List<Certificate> validCertificates(String owner) {
    return certificates(owner, Optional.of(Certificate.State.VALID));
  }

  @Override
  public List<Certificate> certificates(String owner, Optional<Certificate.State> state) {
    CertificateFilter filter =
        CertificateFilter.newBuilder().setOwner(owner).setState(name(state)).build();
    return Pages.all(
        page -> {
          var request =
              QueryCertificatesRequest.newBuilder().setFilter(filter).setPagination(page).build();
          var response =
              NodeConnection.ask(
                  () ->
                      node.stub(io.berth.proto.akash.cert.v1.QueryGrpc::newBlockingStub)
                          .certificates(request));
          return new Pages.Page<>(
              response.getCertificatesList().stream()
                  .map(certificate -> ChainReads.certificate(owner, certificate))
                  .toList(),
              response.getPagination());
        });
  }

  @Override
  public Coin depositGrant(String granter, String grantee, String denom) {
    return depositGrant(NEWEST, granter, grantee, denom);
  }

  private Coin depositGrant(long height, String granter, String grantee, String denom) {
    BigInteger left =
        grants(height, granter, grantee).stream()
            .map(grant -> Allowances.deposits(grant.getAuthorization(), denom).amount())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new Coin(denom, left);
  }

  /**
   * {@inheritDoc} Behind one address there may be several nodes, so both are read at the height of
   * the newest block that was seen; a node that is not there yet refuses.
   */
  @Override
  public State grants(String granter, String grantee, long leastHeight) {
    long height = latestBlock().height();
    if (height < leastHeight) {
      throw new ChainUnavailableException(
          "the node is at height " + height + ", before " + leastHeight, null);
    }
    try {
      return new State(
          depositGrant(height, granter, grantee, Coin.UACT).amount(),
          feeAllowance(height, granter, grantee).map(Coin::amount));
    } catch (IllegalStateException e) {
      // Of these fixed calls, a node refuses only the height.
      throw new ChainUnavailableException("no state at height " + height, e);
    }
  }

  /** {@inheritDoc} An allowance without a limit is {@link Long#MAX_VALUE} uakt. */
  @Override
  public Optional<Coin> feeAllowance(String granter, String grantee) {
    return feeAllowance(NEWEST, granter, grantee);
  }

  private Optional<Coin> feeAllowance(long height, String granter, String grantee) {
    QueryAllowanceRequest request =
        QueryAllowanceRequest.newBuilder().setGranter(granter).setGrantee(grantee).build();
    return allowance(height, request)
        .map(response -> Allowances.fees(response.getAllowance().getAllowance()));
  }

  @Override
  public Coin balance(String address, String denom) {
    QueryBalanceRequest request =
        QueryBalanceRequest.newBuilder().setAddress(address).setDenom(denom).build();
    var balance =
        NodeConnection.ask(
            () ->
                node.stub(io.berth.proto.cosmos.bank.v1beta1.QueryGrpc::newBlockingStub)
                    .balance(request)
                    .getBalance());
    return new Coin(denom, Coins.decode(balance).amount());
  }

  @Override
  public void close() {
    node.close();
  }

  private static void check(TransactionRequest request) {
    for (ChainMessage message : request.messages()) {
      if (!message.actor().equals(request.signer())) {
        throw new IllegalArgumentException(
            message.typeUrl() + " is for " + message.actor() + " to sign");
      }
    }
    if (request.publicKey().size() != COMPRESSED_KEY_BYTES) {
      throw new IllegalArgumentException("public key of " + request.publicKey().size() + " bytes");
    }
    if (request.memo().getBytes(StandardCharsets.UTF_8).length > MAX_MEMO_BYTES) {
      throw new IllegalArgumentException("memo of more than " + MAX_MEMO_BYTES + " bytes");
    }
  }

  /** Asks once per client: nothing is sent to, or believed from, a node of another chain. */
  private void checkChain() {
    if (!chainIsRight) {
      Block _ = latestBlock();
    }
  }

  @Override
  public boolean hasPublicKey(String address) {
    checkChain();
    return account(address).filter(BaseAccount::hasPubKey).isPresent();
  }

  private Optional<BaseAccount> account(String address) {
    QueryAccountInfoRequest request =
        QueryAccountInfoRequest.newBuilder().setAddress(address).build();
    return NodeConnection.find(
        () ->
            node.stub(io.berth.proto.cosmos.auth.v1beta1.QueryGrpc::newBlockingStub)
                .accountInfo(request)
                .getInfo());
  }

  /** What a simulation said. */
  private sealed interface Simulated {
    record Used(long gas) implements Simulated {}

    record Refused(ChainError error) implements Simulated {}
  }

  private Simulated simulate(TransactionRequest request) {
    SimulateRequest simulation =
        SimulateRequest.newBuilder().setTxBytes(Transactions.simulation(request)).build();
    try {
      return new Simulated.Used(transactions().simulate(simulation).getGasInfo().getGasUsed());
    } catch (StatusRuntimeException e) {
      return refusal(e)
          .<Simulated>map(Simulated.Refused::new)
          .orElseThrow(() -> NodeConnection.failure(e));
    }
  }

  private static Optional<ChainError> refusal(StatusRuntimeException e) {
    return e.getStatus().getCode() == Status.Code.UNKNOWN
        ? Optional.ofNullable(e.getStatus().getDescription()).flatMap(ChainErrors::ofSimulation)
        : Optional.empty();
  }

  /** Simulation runs with an empty fee, so what drawing on an allowance costs comes on top. */
  private Fee fee(long gasUsed, TransactionRequest request) {
    long measured = gasUsed + (request.feeGranter().isPresent() ? ALLOWANCE_GAS : 0);
    long limit = Math.max(GasPrice.limit(measured, config.gasMultiplier()), request.leastGas());
    return new Fee(List.of(config.gasPrice().of(limit)), limit, request.feeGranter());
  }

  private static Optional<ChainError> error(TxResponse response) {
    if (response.getCode() == 0) {
      return Optional.empty();
    }
    String codespace = response.getCodespace().isEmpty() ? "undefined" : response.getCodespace();
    return Optional.of(ChainError.of(codespace, response.getCode(), response.getRawLog()));
  }

  private List<Lease> leases(LeaseFilters filters) {
    return Pages.all(
        page -> {
          var request =
              QueryLeasesRequest.newBuilder().setFilters(filters).setPagination(page).build();
          var response = NodeConnection.ask(() -> market().leases(request));
          return new Pages.Page<>(
              response.getLeasesList().stream()
                  .map(lease -> ChainReads.lease(lease.getLease()))
                  .toList(),
              response.getPagination());
        });
  }

  /** All kinds of grants: asked for one kind, the chain answers an error when there is none. */
  private List<Grant> grants(long height, String granter, String grantee) {
    return Pages.all(
        page -> {
          var request =
              QueryGrantsRequest.newBuilder()
                  .setGranter(granter)
                  .setGrantee(grantee)
                  .setPagination(page)
                  .build();
          var response =
              NodeConnection.ask(
                  () ->
                      node.stubAt(
                              height,
                              io.berth.proto.cosmos.authz.v1beta1.QueryGrpc::newBlockingStub)
                          .grants(request));
          return new Pages.Page<>(response.getGrantsList(), response.getPagination());
        });
  }

  /** The feegrant module reports a missing allowance as Internal, told from faults by its words. */
  private Optional<QueryAllowanceResponse> allowance(long height, QueryAllowanceRequest request) {
    try {
      return Optional.of(
          node.stubAt(height, io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc::newBlockingStub)
              .allowance(request));
    } catch (StatusRuntimeException e) {
      if (isMissing(e.getStatus())) {
        return Optional.empty();
      }
      throw NodeConnection.failure(e);
    }
  }

  private static boolean isMissing(Status status) {
    String words = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case NOT_FOUND -> true;
      case INTERNAL -> words.contains("not found") || words.contains("no allowance");
      default -> false;
    };
  }

  private io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc.ServiceBlockingStub blocks() {
    return node.stub(io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc::newBlockingStub);
  }

  private io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc.ServiceBlockingStub transactions() {
    return node.stub(io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc::newBlockingStub);
  }

  private io.berth.proto.akash.deployment.v1beta4.QueryGrpc.QueryBlockingStub deployments() {
    return node.stub(io.berth.proto.akash.deployment.v1beta4.QueryGrpc::newBlockingStub);
  }

  private io.berth.proto.akash.market.v1beta5.QueryGrpc.QueryBlockingStub market() {
    return node.stub(io.berth.proto.akash.market.v1beta5.QueryGrpc::newBlockingStub);
  }

  /** The chain's name of a state; empty means all states. */
  private static String name(Optional<? extends Enum<?>> state) {
    return state.map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("");
  }
}
