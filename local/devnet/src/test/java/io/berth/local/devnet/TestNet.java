package io.berth.local.devnet;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Times;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.base.resources.v1beta4.CPU;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Memory;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1.OrderID;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.MsgCreateBid;
import io.berth.proto.akash.market.v1beta5.MsgCreateLease;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.market.v1beta5.QueryBidRequest;
import io.berth.proto.akash.market.v1beta5.QueryGrpc;
import io.berth.proto.akash.market.v1beta5.QueryLeaseRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeaseResponse;
import io.berth.proto.akash.market.v1beta5.QueryOrderRequest;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoRequest;
import io.berth.proto.cosmos.bank.v1beta1.QueryBalanceRequest;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastMode;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.Fee;
import io.berth.proto.cosmos.tx.v1beta1.GetTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.ModeInfo;
import io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.tx.v1beta1.SignDoc;
import io.berth.proto.cosmos.tx.v1beta1.SignerInfo;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import io.berth.wallet.WalletKey;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A devnet with manual blocks and a clock of its own, with a funder, a tenant who holds no coins,
 * and two providers; driven over real gRPC.
 */
public final class TestNet implements AutoCloseable {

  public static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  public static final String CHAIN = "berth-devnet-1";
  public static final long DSEQ = 1_763_884_800_000L;

  public final WalletKey funder = key(1);
  public final WalletKey tenant = key(2);
  public final WalletKey provider = key(3);
  public final WalletKey otherProvider = key(4);
  public final Devnet devnet;
  public final ManagedChannel channel;

  private Instant now = START;
  private long nonces;

  public TestNet() {
    this(config -> config);
  }

  public TestNet(java.util.function.UnaryOperator<DevnetConfig> change) {
    devnet =
        Devnet.start(
            change.apply(
                DevnetConfig.defaults()
                    .withManualBlocks()
                    .withClock(() -> now)
                    .withGenesis(genesis())));
    channel =
        Grpc.newChannelBuilder("localhost:" + devnet.port(), InsecureChannelCredentials.create())
            .build();
  }

  public Genesis genesis() {
    return Genesis.builder()
        .account(funder.address(), 1_000_000_000, 1_000_000_000)
        .account(tenant.address(), 0, 0)
        .feeAllowance(funder.address(), tenant.address(), 10_000_000, Optional.empty())
        .depositGrant(funder.address(), tenant.address(), 20_000_000, Optional.empty())
        .provider(provider.address(), "https://one.provider:8443", Map.of("region", "eu-west"))
        .provider(otherProvider.address(), "https://two.provider:8443", Map.of("region", "us"))
        .build();
  }

  /** A key made of one repeated byte. */
  public static WalletKey key(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    return WalletKey.of(bytes);
  }

  public Instant now() {
    return now;
  }

  /** Lets time pass without a block. */
  public void passes(Duration time) {
    now = now.plus(time);
  }

  /** Makes a block six seconds after the last. */
  public long block() {
    passes(Duration.ofSeconds(6));
    return devnet.produceBlock();
  }

  /** Makes several blocks. */
  public void blocks(int count) {
    for (int i = 0; i < count; i++) {
      block();
    }
  }

  /** A transaction in the making: unordered, paid by the funder's allowance, with enough gas. */
  public final class Draft {
    public final TxBody.Builder body = TxBody.newBuilder();
    public final Fee.Builder fee =
        Fee.newBuilder().addAmount(Coins.coin("uakt", 5000)).setGasLimit(2_000_000);
    public WalletKey signer;
    public String chainId = CHAIN;
    public long accountNumber;
    public long sequence;
    public boolean simulated;

    Draft(WalletKey signer, List<? extends Message> messages) {
      this.signer = signer;
      this.accountNumber = account(signer.address()).map(BaseAccount::getAccountNumber).orElse(0L);
      messages.forEach(message -> body.addMessages(Packed.any(message)));
      body.setUnordered(true)
          .setTimeoutTimestamp(Times.timestamp(devnet.time().plusSeconds(60).plusNanos(nonces++)));
      if (signer.address().equals(tenant.address())) {
        fee.setGranter(funder.address());
      }
    }

    public Draft with(Consumer<Draft> change) {
      change.accept(this);
      return this;
    }

    public byte[] bytes() {
      return raw().toByteArray();
    }

    public TxRaw raw() {
      SignMode mode = simulated ? SignMode.SIGN_MODE_UNSPECIFIED : SignMode.SIGN_MODE_DIRECT;
      AuthInfo auth =
          AuthInfo.newBuilder()
              .addSignerInfos(
                  SignerInfo.newBuilder()
                      .setPublicKey(publicKey(signer))
                      .setModeInfo(
                          ModeInfo.newBuilder()
                              .setSingle(ModeInfo.Single.newBuilder().setMode(mode)))
                      .setSequence(sequence))
              .setFee(fee)
              .build();
      SignDoc doc =
          SignDoc.newBuilder()
              .setBodyBytes(body.build().toByteString())
              .setAuthInfoBytes(auth.toByteString())
              .setChainId(chainId)
              .setAccountNumber(accountNumber)
              .build();
      return TxRaw.newBuilder()
          .setBodyBytes(doc.getBodyBytes())
          .setAuthInfoBytes(doc.getAuthInfoBytes())
          .addSignatures(
              simulated ? ByteString.EMPTY : ByteString.copyFrom(signer.sign(doc.toByteArray())))
          .build();
    }
  }

  public static Any publicKey(WalletKey key) {
    return Packed.any(
        PubKey.newBuilder().setKey(ByteString.copyFrom(key.publicKey().toArray())).build());
  }

  public Draft draft(WalletKey signer, Message... messages) {
    return new Draft(signer, List.of(messages));
  }

  /** The node's verdict on admission. */
  public TxResponse broadcast(byte[] bytes) {
    return tx().broadcastTx(
            BroadcastTxRequest.newBuilder()
                .setTxBytes(ByteString.copyFrom(bytes))
                .setMode(BroadcastMode.BROADCAST_MODE_SYNC)
                .build())
        .getTxResponse();
  }

  public TxResponse find(String hash) {
    return tx().getTx(GetTxRequest.newBuilder().setHash(hash).build()).getTxResponse();
  }

  public ServiceGrpc.ServiceBlockingStub tx() {
    return ServiceGrpc.newBlockingStub(channel);
  }

  /** Sends messages in one transaction, makes a block, and returns the outcome. */
  public TxResponse run(WalletKey signer, Message... messages) {
    return run(draft(signer, messages));
  }

  public TxResponse run(Draft draft) {
    TxResponse admitted = broadcast(draft.bytes());
    if (admitted.getCode() != 0) {
      return admitted;
    }
    block();
    return find(admitted.getTxhash());
  }

  /** The same, and it must succeed. */
  public TxResponse succeed(WalletKey signer, Message... messages) {
    TxResponse response = run(signer, messages);
    if (response.getCode() != 0) {
      throw new AssertionError(response.getRawLog());
    }
    return response;
  }

  public Optional<BaseAccount> account(String address) {
    try {
      return Optional.of(
          io.berth.proto.cosmos.auth.v1beta1.QueryGrpc.newBlockingStub(channel)
              .accountInfo(QueryAccountInfoRequest.newBuilder().setAddress(address).build())
              .getInfo());
    } catch (io.grpc.StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  public long balance(WalletKey key, String denom) {
    return balance(key.address(), denom);
  }

  public long balance(String address, String denom) {
    return Long.parseLong(
        io.berth.proto.cosmos.bank.v1beta1.QueryGrpc.newBlockingStub(channel)
            .balance(QueryBalanceRequest.newBuilder().setAddress(address).setDenom(denom).build())
            .getBalance()
            .getAmount());
  }

  public DeploymentID deploymentId() {
    return DeploymentID.newBuilder().setOwner(tenant.address()).setDseq(DSEQ).build();
  }

  /** One group of one small web server at up to 10 uact per block. */
  public static GroupSpec group(String name) {
    Resources resources =
        Resources.newBuilder()
            .setId(1)
            .setCpu(CPU.newBuilder().setUnits(value(500)))
            .setMemory(Memory.newBuilder().setQuantity(value(512L << 20)))
            .addStorage(Storage.newBuilder().setName("default").setQuantity(value(512L << 20)))
            .setGpu(GPU.newBuilder().setUnits(value(0)))
            .build();
    return GroupSpec.newBuilder()
        .setName(name)
        .addResources(
            ResourceUnit.newBuilder()
                .setResource(resources)
                .setCount(1)
                .setPrice(Coins.decCoin("uact", Dec.of(10))))
        .build();
  }

  public static ResourceValue value(long value) {
    return ResourceValue.newBuilder()
        .setVal(ByteString.copyFrom(Long.toString(value), StandardCharsets.US_ASCII))
        .build();
  }

  public static ByteString hash(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return ByteString.copyFrom(bytes);
  }

  public static Deposit deposit(String denom, long amount, Source... sources) {
    return Deposit.newBuilder()
        .setAmount(Coins.coin(denom, amount))
        .addAllSources(List.of(sources))
        .build();
  }

  /** A deployment of 5,000,000 uact out of the funder's grant. */
  public MsgCreateDeployment.Builder create(GroupSpec... groups) {
    return MsgCreateDeployment.newBuilder()
        .setId(deploymentId())
        .addAllGroups(groups.length == 0 ? List.of(group("web")) : List.of(groups))
        .setHash(hash(7))
        .setDeposit(deposit("uact", 5_000_000, Source.grant));
  }

  public MsgCloseDeployment closeDeployment() {
    return MsgCloseDeployment.newBuilder().setId(deploymentId()).build();
  }

  public BidID bidId(WalletKey who, int gseq, int oseq) {
    return BidID.newBuilder()
        .setOwner(tenant.address())
        .setDseq(DSEQ)
        .setGseq(gseq)
        .setOseq(oseq)
        .setProvider(who.address())
        .build();
  }

  public LeaseID leaseId(WalletKey who, int gseq, int oseq) {
    return LeaseID.newBuilder()
        .setOwner(tenant.address())
        .setDseq(DSEQ)
        .setGseq(gseq)
        .setOseq(oseq)
        .setProvider(who.address())
        .build();
  }

  /** A bid out of the provider's own balance. */
  public MsgCreateBid.Builder bid(WalletKey who, int gseq, int oseq, String price) {
    return MsgCreateBid.newBuilder()
        .setId(bidId(who, gseq, oseq))
        .setPrice(Coins.decCoin("uact", Dec.parse(price)))
        .setDeposit(deposit("uact", 500_000, Source.balance));
  }

  public MsgCreateLease lease(WalletKey who, int gseq, int oseq) {
    return MsgCreateLease.newBuilder().setBidId(bidId(who, gseq, oseq)).build();
  }

  /** A deployment with a lease of the first provider at a price, two blocks ago at most. */
  public void leased(String price) {
    succeed(tenant, create().build());
    succeed(provider, bid(provider, 1, 1, price).build());
    succeed(tenant, lease(provider, 1, 1));
  }

  public QueryDeploymentResponse deployment() {
    return io.berth.proto.akash.deployment.v1beta4.QueryGrpc.newBlockingStub(channel)
        .deployment(QueryDeploymentRequest.newBuilder().setId(deploymentId()).build());
  }

  public Order order(int gseq, int oseq) {
    return market()
        .order(
            QueryOrderRequest.newBuilder()
                .setId(
                    OrderID.newBuilder()
                        .setOwner(tenant.address())
                        .setDseq(DSEQ)
                        .setGseq(gseq)
                        .setOseq(oseq))
                .build())
        .getOrder();
  }

  public Bid bid(WalletKey who, int gseq, int oseq) {
    return market()
        .bid(QueryBidRequest.newBuilder().setId(bidId(who, gseq, oseq)).build())
        .getBid();
  }

  public QueryLeaseResponse queryLease(WalletKey who, int gseq, int oseq) {
    return market().lease(QueryLeaseRequest.newBuilder().setId(leaseId(who, gseq, oseq)).build());
  }

  public QueryGrpc.QueryBlockingStub market() {
    return QueryGrpc.newBlockingStub(channel);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    devnet.close();
  }
}
