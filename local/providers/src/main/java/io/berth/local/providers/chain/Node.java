package io.berth.local.providers.chain;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.DeploymentId;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.cert.v1.CertificateFilter;
import io.berth.proto.akash.cert.v1.CertificateResponse;
import io.berth.proto.akash.cert.v1.QueryCertificatesRequest;
import io.berth.proto.akash.cert.v1.QueryCertificatesResponse;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseFilters;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.BidFilters;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.market.v1beta5.OrderFilters;
import io.berth.proto.akash.market.v1beta5.QueryBidRequest;
import io.berth.proto.akash.market.v1beta5.QueryBidResponse;
import io.berth.proto.akash.market.v1beta5.QueryBidsRequest;
import io.berth.proto.akash.market.v1beta5.QueryBidsResponse;
import io.berth.proto.akash.market.v1beta5.QueryGrpc;
import io.berth.proto.akash.market.v1beta5.QueryLeaseRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeaseResponse;
import io.berth.proto.akash.market.v1beta5.QueryLeasesRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeasesResponse;
import io.berth.proto.akash.market.v1beta5.QueryOrdersRequest;
import io.berth.proto.akash.market.v1beta5.QueryOrdersResponse;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.berth.proto.akash.provider.v1beta4.QueryProviderRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProviderResponse;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoRequest;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoResponse;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.base.query.v1beta1.PageResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.Header;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastMode;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.GetTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.GetTxResponse;
import io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An Akash node, over gRPC. Every method throws {@link StatusRuntimeException} when the node does
 * not answer within {@value #DEADLINE_SECONDS} seconds or refuses.
 */
public final class Node implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 10;

  private final ManagedChannel channel;

  /**
   * A node without TLS.
   *
   * @param target gRPC's name for it, such as {@code localhost:9090}
   */
  public Node(String target) {
    this(Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build());
  }

  Node(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** The newest block. */
  public Block latestBlock() {
    Header header =
        stub(io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc::newBlockingStub)
            .getLatestBlock(GetLatestBlockRequest.getDefaultInstance())
            .getSdkBlock()
            .getHeader();
    Instant time =
        Instant.ofEpochSecond(header.getTime().getSeconds(), header.getTime().getNanos());
    return new Block(header.getChainId(), header.getHeight(), time);
  }

  /** All orders that wait for bids. */
  public List<Order> openOrders() {
    OrderFilters open = OrderFilters.newBuilder().setState("open").build();
    return pages(
        page ->
            market()
                .orders(
                    QueryOrdersRequest.newBuilder().setFilters(open).setPagination(page).build()),
        QueryOrdersResponse::getOrdersList,
        QueryOrdersResponse::getPagination);
  }

  /** A provider's bids that nobody has decided on. */
  public List<Bid> openBids(String provider) {
    BidFilters open = BidFilters.newBuilder().setProvider(provider).setState("open").build();
    return pages(
            page ->
                market()
                    .bids(
                        QueryBidsRequest.newBuilder().setFilters(open).setPagination(page).build()),
            QueryBidsResponse::getBidsList,
            QueryBidsResponse::getPagination)
        .stream()
        .map(QueryBidResponse::getBid)
        .toList();
  }

  /** A bid in any state. */
  public Optional<Bid> bid(BidId id) {
    QueryBidRequest request = QueryBidRequest.newBuilder().setId(Ids.bid(id)).build();
    return found(() -> market().bid(request)).map(QueryBidResponse::getBid);
  }

  /** A provider's active leases. */
  public List<Lease> activeLeases(String provider) {
    return leases(LeaseFilters.newBuilder().setProvider(provider).setState("active").build());
  }

  /** A provider's active leases of one deployment. */
  public List<Lease> activeLeases(String provider, DeploymentId deployment) {
    return leases(
        LeaseFilters.newBuilder()
            .setOwner(deployment.owner())
            .setDseq(deployment.dseq())
            .setProvider(provider)
            .setState("active")
            .build());
  }

  private List<Lease> leases(LeaseFilters filters) {
    return pages(
            page ->
                market()
                    .leases(
                        QueryLeasesRequest.newBuilder()
                            .setFilters(filters)
                            .setPagination(page)
                            .build()),
            QueryLeasesResponse::getLeasesList,
            QueryLeasesResponse::getPagination)
        .stream()
        .map(QueryLeaseResponse::getLease)
        .toList();
  }

  /** A lease in any state. */
  public Optional<Lease> lease(BidId id) {
    QueryLeaseRequest request = QueryLeaseRequest.newBuilder().setId(Ids.lease(id)).build();
    return found(() -> market().lease(request)).map(QueryLeaseResponse::getLease);
  }

  /** A deployment with its groups. */
  public QueryDeploymentResponse deployment(DeploymentId id) {
    return stub(io.berth.proto.akash.deployment.v1beta4.QueryGrpc::newBlockingStub)
        .deployment(
            QueryDeploymentRequest.newBuilder()
                .setId(DeploymentID.newBuilder().setOwner(id.owner()).setDseq(id.dseq()))
                .build());
  }

  /** An account's number and sequence. */
  public Optional<BaseAccount> account(String address) {
    return found(
            () ->
                stub(io.berth.proto.cosmos.auth.v1beta1.QueryGrpc::newBlockingStub)
                    .accountInfo(QueryAccountInfoRequest.newBuilder().setAddress(address).build()))
        .map(QueryAccountInfoResponse::getInfo);
  }

  /** The compressed secp256k1 key of an account that has signed a transaction. */
  public Optional<Bytes> publicKey(String address) {
    return account(address)
        .filter(BaseAccount::hasPubKey)
        .map(BaseAccount::getPubKey)
        .filter(any -> any.is(PubKey.class))
        .map(
            any -> {
              try {
                return Bytes.of(any.unpack(PubKey.class).getKey().toByteArray());
              } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the node sent a broken key", e);
              }
            });
  }

  /** A provider's record. */
  public Optional<Provider> provider(String owner) {
    return found(
            () ->
                stub(io.berth.proto.akash.provider.v1beta4.QueryGrpc::newBlockingStub)
                    .provider(QueryProviderRequest.newBuilder().setOwner(owner).build()))
        .map(QueryProviderResponse::getProvider);
  }

  /** The attributes of a provider that auditors have signed, by the auditor's address. */
  public Map<String, Map<String, String>> audited(String owner) {
    return found(
            () ->
                stub(io.berth.proto.akash.audit.v1.QueryGrpc::newBlockingStub)
                    .providerAttributes(
                        io.berth.proto.akash.audit.v1.QueryProviderAttributesRequest.newBuilder()
                            .setOwner(owner)
                            .build()))
        .map(
            response -> {
              Map<String, Map<String, String>> audited = new HashMap<>();
              for (AuditedProvider each : response.getProvidersList()) {
                Map<String, String> attributes =
                    audited.computeIfAbsent(each.getAuditor(), _ -> new HashMap<>());
                for (Attribute attribute : each.getAttributesList()) {
                  attributes.put(attribute.getKey(), attribute.getValue());
                }
              }
              return audited;
            })
        .orElse(Map.of());
  }

  /** The PEM texts of an account's valid certificates. */
  public List<String> certificates(String owner) {
    CertificateFilter valid =
        CertificateFilter.newBuilder().setOwner(owner).setState("valid").build();
    return pages(
            page ->
                stub(io.berth.proto.akash.cert.v1.QueryGrpc::newBlockingStub)
                    .certificates(
                        QueryCertificatesRequest.newBuilder()
                            .setFilter(valid)
                            .setPagination(page)
                            .build()),
            QueryCertificatesResponse::getCertificatesList,
            QueryCertificatesResponse::getPagination)
        .stream()
        .map(CertificateResponse::getCertificate)
        .map(certificate -> certificate.getCert().toStringUtf8())
        .toList();
  }

  /** Hands in a transaction; the answer is only the verdict of CheckTx. */
  TxResponse broadcast(ByteString transaction) {
    return stub(ServiceGrpc::newBlockingStub)
        .broadcastTx(
            BroadcastTxRequest.newBuilder()
                .setTxBytes(transaction)
                .setMode(BroadcastMode.BROADCAST_MODE_SYNC)
                .build())
        .getTxResponse();
  }

  /** The result of a transaction that is in a block. */
  Optional<TxResponse> transaction(String hash) {
    return found(
            () ->
                stub(ServiceGrpc::newBlockingStub)
                    .getTx(GetTxRequest.newBuilder().setHash(hash).build()))
        .map(GetTxResponse::getTxResponse);
  }

  private QueryGrpc.QueryBlockingStub market() {
    return stub(QueryGrpc::newBlockingStub);
  }

  private <S extends AbstractBlockingStub<S>> S stub(Function<ManagedChannel, S> constructor) {
    return constructor.apply(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static <T> Optional<T> found(Supplier<T> query) {
    try {
      return Optional.of(query.get());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <R, T> List<T> pages(
      Function<PageRequest, R> query,
      Function<R, List<T>> elements,
      Function<R, PageResponse> pagination) {
    List<T> all = new ArrayList<>();
    ByteString next = ByteString.EMPTY;
    do {
      R page = query.apply(PageRequest.newBuilder().setKey(next).setLimit(1000).build());
      all.addAll(elements.apply(page));
      next = pagination.apply(page).getNextKey();
    } while (!next.isEmpty());
    return all;
  }
}
