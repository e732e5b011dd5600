package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.modules.Packed;
import io.berth.proto.akash.deployment.v1beta4.DeploymentFilters;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsResponse;
import io.berth.proto.akash.discovery.v1.DiscoveryGrpc;
import io.berth.proto.akash.discovery.v1.GetInfoRequest;
import io.berth.proto.akash.escrow.v1.QueryAccountsRequest;
import io.berth.proto.akash.market.v1.LeaseFilters;
import io.berth.proto.akash.market.v1beta5.BidFilters;
import io.berth.proto.akash.market.v1beta5.QueryBidsRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeasesRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProviderRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProvidersRequest;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranterGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsRequest;
import io.berth.proto.cosmos.bank.v1beta1.QueryAllBalancesRequest;
import io.berth.proto.cosmos.bank.v1beta1.QuerySendEnabledRequest;
import io.berth.proto.cosmos.base.node.v1beta1.ConfigRequest;
import io.berth.proto.cosmos.base.node.v1beta1.StatusRequest;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetBlockByHeightRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetNodeInfoRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesByGranterRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries: filters, pages, heights, and what is not there. */
class QueriesTest {

  private static final Metadata.Key<String> HEIGHT =
      Metadata.Key.of("x-cosmos-block-height", Metadata.ASCII_STRING_MARSHALLER);

  private final TestNet net = new TestNet();

  @AfterEach
  void stop() {
    net.close();
  }

  private void deploy(long... dseqs) {
    for (long dseq : dseqs) {
      net.succeed(
          net.tenant,
          net.create()
              .setId(net.deploymentId().toBuilder().setDseq(dseq))
              .setDeposit(
                  TestNet.deposit(
                      "uact", 500_000, io.berth.proto.akash.base.deposit.v1.Source.grant))
              .build());
    }
  }

  private io.berth.proto.akash.deployment.v1beta4.QueryGrpc.QueryBlockingStub deployments() {
    return io.berth.proto.akash.deployment.v1beta4.QueryGrpc.newBlockingStub(net.channel);
  }

  private QueryDeploymentsResponse list(String state, PageRequest.Builder page) {
    return deployments()
        .deployments(
            QueryDeploymentsRequest.newBuilder()
                .setFilters(
                    DeploymentFilters.newBuilder().setOwner(net.tenant.address()).setState(state))
                .setPagination(page)
                .build());
  }

  private static List<Long> dseqs(QueryDeploymentsResponse response) {
    return response.getDeploymentsList().stream()
        .map(one -> one.getDeployment().getId().getDseq())
        .toList();
  }

  private static void assertStatus(ThrowingCallable call, Status.Code code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).contains(text);
            });
  }

  @Test
  void listsDeploymentsInAscendingDseqPageByPage() {
    deploy(9, 100, 7, 5_000_000_000L);

    QueryDeploymentsResponse first = list("", PageRequest.newBuilder().setLimit(3));
    QueryDeploymentsResponse second =
        list("", PageRequest.newBuilder().setLimit(3).setKey(first.getPagination().getNextKey()));

    assertThat(dseqs(first)).containsExactly(7L, 9L, 100L);
    assertThat(first.getPagination().getTotal()).isEqualTo(3);
    assertThat(dseqs(second)).containsExactly(5_000_000_000L);
    assertThat(second.getPagination().getNextKey()).isEqualTo(ByteString.EMPTY);
    assertThat(second.getPagination().getTotal()).isEqualTo(1);
  }

  @Test
  void listsBackwardsWhenAsked() {
    deploy(1, 2, 3);

    QueryDeploymentsResponse first =
        list("", PageRequest.newBuilder().setLimit(2).setReverse(true));
    QueryDeploymentsResponse second =
        list(
            "",
            PageRequest.newBuilder()
                .setLimit(2)
                .setReverse(true)
                .setKey(first.getPagination().getNextKey()));

    assertThat(dseqs(first)).containsExactly(3L, 2L);
    assertThat(dseqs(second)).containsExactly(1L);
  }

  @Test
  void skipsByOffsetOnlyWithAState() {
    deploy(1, 2, 3);

    assertThat(dseqs(list("active", PageRequest.newBuilder().setOffset(1))))
        .containsExactly(2L, 3L);
    assertStatus(
        () -> list("", PageRequest.newBuilder().setOffset(1)),
        Status.Code.INVALID_ARGUMENT,
        "filter.state must be provided");
  }

  @Test
  void filtersByState() {
    deploy(1, 2);
    net.succeed(
        net.tenant,
        net.closeDeployment().toBuilder().setId(net.deploymentId().toBuilder().setDseq(1)).build());

    assertThat(dseqs(list("closed", PageRequest.newBuilder()))).containsExactly(1L);
    assertThat(dseqs(list("active", PageRequest.newBuilder()))).containsExactly(2L);
    assertStatus(
        () -> list("open", PageRequest.newBuilder()),
        Status.Code.INVALID_ARGUMENT,
        "invalid state");
  }

  @Test
  void filtersBidsAndLeasesByOwnerDeploymentProviderAndState() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "1").build());
    net.succeed(net.otherProvider, net.bid(net.otherProvider, 1, 1, "2").build());
    BidFilters.Builder mine =
        BidFilters.newBuilder().setOwner(net.tenant.address()).setDseq(TestNet.DSEQ);

    assertThat(bids(mine.clone())).hasSize(2);
    assertThat(bids(mine.clone().setProvider(net.provider.address()))).hasSize(1);
    assertThat(bids(mine.clone().setDseq(1))).isEmpty();
    assertThat(bids(BidFilters.newBuilder().setOwner(net.funder.address()))).isEmpty();
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));
    assertThat(bids(mine.clone().setState("active"))).hasSize(1);
    assertThat(bids(mine.clone().setState("lost"))).hasSize(1);
    assertThat(
            net.market()
                .leases(
                    QueryLeasesRequest.newBuilder()
                        .setFilters(
                            LeaseFilters.newBuilder()
                                .setProvider(net.provider.address())
                                .setState("active"))
                        .build())
                .getLeasesList())
        .hasSize(1)
        .allMatch(one -> one.getEscrowPayment().getId().getXid().startsWith("1/1/"));
  }

  private List<?> bids(BidFilters.Builder filters) {
    return net.market()
        .bids(QueryBidsRequest.newBuilder().setFilters(filters).build())
        .getBidsList();
  }

  @Test
  void findsEscrowAccountsByThePrefixOfTheirId() {
    deploy(1, 2);
    var escrow = io.berth.proto.akash.escrow.v1.QueryGrpc.newBlockingStub(net.channel);
    String owner = "deployment/" + net.tenant.address();

    assertThat(
            escrow
                .accounts(QueryAccountsRequest.newBuilder().setXid(owner).build())
                .getAccountsList())
        .hasSize(2);
    assertThat(
            escrow
                .accounts(
                    QueryAccountsRequest.newBuilder().setXid(owner + "/2").setState("open").build())
                .getAccountsList())
        .hasSize(1);
  }

  @Test
  void answersNotFoundWithTheModulesText() {
    assertStatus(net::deployment, Status.Code.NOT_FOUND, "Deployment not found");
    assertStatus(() -> net.order(1, 1), Status.Code.NOT_FOUND, "order not found");
    assertStatus(() -> net.bid(net.provider, 1, 1), Status.Code.NOT_FOUND, "bid not found");
    assertStatus(
        () -> net.queryLease(net.provider, 1, 1), Status.Code.NOT_FOUND, "lease not found");
    assertStatus(
        () ->
            io.berth.proto.akash.provider.v1beta4.QueryGrpc.newBlockingStub(net.channel)
                .provider(QueryProviderRequest.newBuilder().setOwner(net.tenant.address()).build()),
        Status.Code.NOT_FOUND,
        "address not found");
    assertStatus(() -> net.find("AB".repeat(32)), Status.Code.NOT_FOUND, "tx not found");
  }

  @Test
  void readsAtAHeightAndNamesTheHeightItRead() {
    long before = net.devnet.height();
    net.succeed(net.tenant, net.create().build());
    Metadata asked = new Metadata();
    asked.put(HEIGHT, Long.toString(before));
    AtomicReference<Metadata> answered = new AtomicReference<>();
    var then =
        io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc.newBlockingStub(net.channel)
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(asked),
                MetadataUtils.newCaptureMetadataInterceptor(answered, new AtomicReference<>()));

    assertThat(then.status(StatusRequest.getDefaultInstance()).getHeight()).isEqualTo(before);
    assertThat(answered.get().get(HEIGHT)).isEqualTo(Long.toString(before));
    assertStatus(
        () ->
            deployments()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(asked))
                .deployment(
                    io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest.newBuilder()
                        .setId(net.deploymentId())
                        .build()),
        Status.Code.NOT_FOUND,
        "Deployment not found");
  }

  @Test
  void refusesAHeightOfTheFuture() {
    Metadata asked = new Metadata();
    asked.put(HEIGHT, Long.toString(net.devnet.height() + 1));

    assertStatus(
        () ->
            io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc.newBlockingStub(net.channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(asked))
                .status(StatusRequest.getDefaultInstance()),
        Status.Code.INVALID_ARGUMENT,
        "height in the future");
  }

  @Test
  void tellsTheLatestBlockAndOlderOnes() {
    long first = net.devnet.height();
    long second = net.block();
    var blocks = ServiceGrpc.newBlockingStub(net.channel);

    var latest =
        blocks.getLatestBlock(GetLatestBlockRequest.getDefaultInstance()).getSdkBlock().getHeader();
    assertThat(latest.getHeight()).isEqualTo(second);
    assertThat(latest.getChainId()).isEqualTo(TestNet.CHAIN);
    assertThat(latest.getTime().getSeconds()).isEqualTo(net.now().getEpochSecond());
    assertThat(
            blocks
                .getBlockByHeight(GetBlockByHeightRequest.newBuilder().setHeight(first).build())
                .getSdkBlock()
                .getHeader()
                .getTime()
                .getSeconds())
        .isEqualTo(TestNet.START.getEpochSecond());
    assertThat(
            blocks
                .getNodeInfo(GetNodeInfoRequest.getDefaultInstance())
                .getDefaultNodeInfo()
                .getNetwork())
        .isEqualTo(TestNet.CHAIN);
  }

  @Test
  void tellsItsGasPriceAndVersions() {
    assertThat(
            io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc.newBlockingStub(net.channel)
                .config(ConfigRequest.getDefaultInstance())
                .getMinimumGasPrice())
        .isEqualTo("0.002500000000000000uakt");
    assertThat(
            DiscoveryGrpc.newBlockingStub(net.channel)
                .getInfo(GetInfoRequest.getDefaultInstance())
                .getInfo()
                .getSupportedVersions(0)
                .getModulesList())
        .extracting(one -> one.getModule() + " " + one.getVersion())
        .contains("deployment v1beta4", "market v1beta5");
  }

  @Test
  void tellsAccountsAsAny() {
    var account =
        io.berth.proto.cosmos.auth.v1beta1.QueryGrpc.newBlockingStub(net.channel)
            .account(QueryAccountRequest.newBuilder().setAddress(net.tenant.address()).build())
            .getAccount();

    assertThat(account.getTypeUrl()).isEqualTo("/cosmos.auth.v1beta1.BaseAccount");
    assertThat(Packed.open(account, BaseAccount.class).orElseThrow().getAccountNumber())
        .isEqualTo(1);
  }

  @Test
  void tellsGrantsAndAllowancesFromBothSides() {
    var authz = io.berth.proto.cosmos.authz.v1beta1.QueryGrpc.newBlockingStub(net.channel);
    var feegrant = io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc.newBlockingStub(net.channel);
    QueryGrantsRequest.Builder pair =
        QueryGrantsRequest.newBuilder()
            .setGranter(net.funder.address())
            .setGrantee(net.tenant.address());

    assertThat(authz.grants(pair.build()).getGrantsList()).hasSize(1);
    assertStatus(
        () -> authz.grants(pair.setMsgTypeUrl("/cosmos.bank.v1beta1.MsgSend").build()),
        Status.Code.NOT_FOUND,
        "authorization not found");
    assertThat(
            authz
                .granterGrants(
                    QueryGranterGrantsRequest.newBuilder().setGranter(net.funder.address()).build())
                .getGrantsList())
        .hasSize(1);
    assertThat(
            feegrant
                .allowances(
                    QueryAllowancesRequest.newBuilder().setGrantee(net.tenant.address()).build())
                .getAllowancesList())
        .hasSize(1);
    assertThat(
            feegrant
                .allowancesByGranter(
                    QueryAllowancesByGranterRequest.newBuilder()
                        .setGranter(net.tenant.address())
                        .build())
                .getAllowancesList())
        .isEmpty();
  }

  @Test
  void tellsBalancesAndWhatMayBeSent() {
    var bank = io.berth.proto.cosmos.bank.v1beta1.QueryGrpc.newBlockingStub(net.channel);

    assertThat(
            bank.allBalances(
                    QueryAllBalancesRequest.newBuilder().setAddress(net.funder.address()).build())
                .getBalancesList())
        .extracting(one -> one.getAmount() + one.getDenom())
        .containsExactly("1000000000uact", "1000000000uakt");
    assertThat(
            bank.sendEnabled(QuerySendEnabledRequest.newBuilder().addDenoms("uact").build())
                .getSendEnabledList())
        .hasSize(1)
        .noneMatch(one -> one.getEnabled());
  }

  @Test
  void countsAllProvidersOnlyWhenAsked() {
    var providers = io.berth.proto.akash.provider.v1beta4.QueryGrpc.newBlockingStub(net.channel);
    PageRequest.Builder page = PageRequest.newBuilder().setLimit(1);

    var first =
        providers.providers(
            QueryProvidersRequest.newBuilder().setPagination(page.setCountTotal(true)).build());
    assertThat(first.getProvidersList()).hasSize(1);
    assertThat(first.getPagination().getTotal()).isEqualTo(2);
    var rest =
        providers.providers(
            QueryProvidersRequest.newBuilder()
                .setPagination(PageRequest.newBuilder().setKey(first.getPagination().getNextKey()))
                .build());
    assertThat(rest.getProvidersList()).hasSize(1);
    assertThat(rest.getPagination().getTotal()).isZero();
  }
}
