package io.berth.chain;

import static io.berth.chain.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.berth.domain.Bytes;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Group;
import io.berth.domain.akash.Lease;
import io.berth.domain.ledger.Broadcast;
import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Prepared;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionRequest;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsResponse;
import io.berth.proto.akash.escrow.id.v1.Scope;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.AccountState;
import io.berth.proto.akash.escrow.types.v1.Balance;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1beta5.QueryBidResponse;
import io.berth.proto.akash.market.v1beta5.QueryBidsRequest;
import io.berth.proto.akash.market.v1beta5.QueryBidsResponse;
import io.berth.proto.akash.market.v1beta5.QueryLeaseResponse;
import io.berth.proto.akash.market.v1beta5.QueryLeasesRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeasesResponse;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoRequest;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoResponse;
import io.berth.proto.cosmos.authz.v1beta1.GenericAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsResponse;
import io.berth.proto.cosmos.base.abci.v1beta1.GasInfo;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.node.v1beta1.StatusRequest;
import io.berth.proto.cosmos.base.node.v1beta1.StatusResponse;
import io.berth.proto.cosmos.base.query.v1beta1.PageResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.Header;
import io.berth.proto.cosmos.feegrant.v1beta1.AllowedMsgAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.PeriodicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceResponse;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxResponse;
import io.berth.proto.cosmos.tx.v1beta1.GetTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.GetTxResponse;
import io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.tx.v1beta1.SimulateRequest;
import io.berth.proto.cosmos.tx.v1beta1.SimulateResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NodeClientTest {
  private static final String FUNDER = "akash1qufa3xzrf34qvwyejkhvnc4psf49fftaw0asmh";
  private static final String OWNER = "akash1quxz9kcvqjqmwfugk5sfwmudfejxswdzjzzqjy";
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final DeploymentId DEPLOYMENT = new DeploymentId(OWNER, 42);
  private static final Bytes KEY =
      Bytes.ofHex("0216cece6a641cd0f1c08c7e9edc4f66d667187375119d29c4b8171500d5f332e6");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.25Z");
  private static final TransactionRequest REQUEST =
      new TransactionRequest(
          OWNER,
          KEY,
          List.of(new ChainMessage.CloseDeployment(DEPLOYMENT)),
          "berth",
          NOW.plusSeconds(30),
          new Replay.ByTimeout(),
          Optional.of(FUNDER),
          0);

  @Test
  void tellsWhetherAnAccountHasEverSigned() {
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), new Accounts())) {
      assertThat(node.client().hasPublicKey("akash1signed")).isTrue();
      assertThat(node.client().hasPublicKey(OWNER)).as("has only been given something").isFalse();
      assertThat(node.client().hasPublicKey("akash1nobody")).isFalse();
    }
  }

  @Test
  void readsADeploymentWithGroupsAndEscrow() {
    try (FakeNode node =
        FakeNode.serving(
            new Deployments() {
              @Override
              public void deployment(
                  QueryDeploymentRequest request,
                  StreamObserver<QueryDeploymentResponse> observer) {
                answer(observer, deploymentResponse(request.getId().getDseq()));
              }
            })) {
      assertThat(node.client().deployment(DEPLOYMENT))
          .hasValueSatisfying(
              deployment -> {
                assertThat(deployment.id()).isEqualTo(DEPLOYMENT);
                assertThat(deployment.state()).isEqualTo(Deployment.State.ACTIVE);
                assertThat(deployment.hash()).isEqualTo(Bytes.ofHex("0102"));
                assertThat(deployment.createdAt()).isEqualTo(17);
                assertThat(deployment.groups())
                    .singleElement()
                    .satisfies(
                        group -> {
                          assertThat(group.gseq()).isEqualTo(1);
                          assertThat(group.state()).isEqualTo(Group.State.PAUSED);
                          assertThat(group.spec().name()).isEqualTo("dcloud");
                        });
                assertThat(deployment.escrow())
                    .isEqualTo(
                        new EscrowAccount(
                            "deployment",
                            OWNER + "/42",
                            OWNER,
                            EscrowAccount.State.OVERDRAWN,
                            List.of(),
                            20,
                            List.of(new DecCoin(Coin.UACT, new BigDecimal("-1.5"))),
                            List.of(
                                new EscrowAccount.Deposit(
                                    FUNDER,
                                    17,
                                    "grant",
                                    new DecCoin(Coin.UACT, new BigDecimal("5000000"))))));
              });
    }
  }

  @Test
  void whatIsNotThereIsEmpty() {
    try (FakeNode node =
        FakeNode.serving(
            new Deployments() {
              @Override
              public void deployment(
                  QueryDeploymentRequest request,
                  StreamObserver<QueryDeploymentResponse> observer) {
                fail(observer, Status.NOT_FOUND, "Deployment not found");
              }
            })) {
      assertThat(node.client().deployment(DEPLOYMENT)).isEmpty();
    }
  }

  @Test
  void followsPagesByKeyAndKeepsTheFilters() {
    List<QueryDeploymentsRequest> requests = new ArrayList<>();
    try (FakeNode node =
        FakeNode.serving(
            new Deployments() {
              @Override
              public void deployments(
                  QueryDeploymentsRequest request,
                  StreamObserver<QueryDeploymentsResponse> observer) {
                requests.add(request);
                int page = requests.size();
                answer(
                    observer,
                    QueryDeploymentsResponse.newBuilder()
                        .addDeployments(deploymentResponse(page))
                        .setPagination(
                            PageResponse.newBuilder()
                                .setNextKey(
                                    page < 3
                                        ? ByteString.copyFromUtf8("after-" + page)
                                        : ByteString.EMPTY))
                        .build());
              }
            })) {
      assertThat(node.client().deployments(OWNER, Optional.of(Deployment.State.ACTIVE)))
          .extracting(deployment -> deployment.id().dseq())
          .containsExactly(1L, 2L, 3L);
    }
    assertThat(requests)
        .extracting(request -> request.getPagination().getKey().toStringUtf8())
        .containsExactly("", "after-1", "after-2");
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.getFilters().getOwner()).isEqualTo(OWNER);
              assertThat(request.getFilters().getState()).isEqualTo("active");
              assertThat(request.getPagination().getOffset()).isZero();
            });
  }

  @Test
  void readsBidsWithPriceAndWindow() {
    try (FakeNode node =
        FakeNode.serving(
            new Market() {
              @Override
              public void bids(
                  QueryBidsRequest request, StreamObserver<QueryBidsResponse> observer) {
                answer(
                    observer,
                    QueryBidsResponse.newBuilder()
                        .addBids(
                            QueryBidResponse.newBuilder()
                                .setBid(
                                    io.berth.proto.akash.market.v1beta5.Bid.newBuilder()
                                        .setId(
                                            BidID.newBuilder()
                                                .setOwner(request.getFilters().getOwner())
                                                .setDseq(request.getFilters().getDseq())
                                                .setGseq(1)
                                                .setOseq(2)
                                                .setProvider(PROVIDER))
                                        .setState(
                                            io.berth.proto.akash.market.v1beta5.Bid.State.open)
                                        .setPrice(price("12500000000000000000"))
                                        .setReclamationWindow(
                                            com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(3600))))
                        .build());
              }
            })) {
      assertThat(node.client().bids(DEPLOYMENT))
          .singleElement()
          .satisfies(
              bid -> {
                assertThat(bid.id().deployment()).isEqualTo(DEPLOYMENT);
                assertThat(bid.id().order().oseq()).isEqualTo(2);
                assertThat(bid.id().provider()).isEqualTo(PROVIDER);
                assertThat(bid.state()).isEqualTo(Bid.State.OPEN);
                assertThat(bid.price()).isEqualTo(new DecCoin(Coin.UACT, new BigDecimal("12.5")));
                assertThat(bid.reclamationWindow()).contains(Duration.ofHours(1));
              });
    }
  }

  @Test
  void readsLeasesByStateWithTheReasonTheyClosed() {
    try (FakeNode node =
        FakeNode.serving(
            new Market() {
              @Override
              public void leases(
                  QueryLeasesRequest request, StreamObserver<QueryLeasesResponse> observer) {
                assertThat(request.getFilters().getState()).isEqualTo("insufficient_funds");
                answer(
                    observer,
                    QueryLeasesResponse.newBuilder()
                        .addLeases(
                            QueryLeaseResponse.newBuilder()
                                .setLease(
                                    io.berth.proto.akash.market.v1.Lease.newBuilder()
                                        .setId(
                                            LeaseID.newBuilder()
                                                .setOwner(OWNER)
                                                .setDseq(42)
                                                .setGseq(1)
                                                .setOseq(1)
                                                .setProvider(PROVIDER))
                                        .setState(
                                            io.berth.proto.akash.market.v1.Lease.State
                                                .insufficient_funds)
                                        .setPrice(price("1000000000000000000"))
                                        .setClosedOn(99)
                                        .setReason(
                                            LeaseClosedReason
                                                .lease_closed_reason_insufficient_funds)))
                        .build());
              }
            })) {
      assertThat(node.client().leasesOf(OWNER, Optional.of(Lease.State.INSUFFICIENT_FUNDS)))
          .singleElement()
          .satisfies(
              lease -> {
                assertThat(lease.id().deployment()).isEqualTo(DEPLOYMENT);
                assertThat(lease.state()).isEqualTo(Lease.State.INSUFFICIENT_FUNDS);
                assertThat(lease.price()).isEqualTo(new DecCoin(Coin.UACT, BigDecimal.ONE));
                assertThat(lease.closedOn()).isEqualTo(99);
                assertThat(lease.reason()).isEqualTo("lease_closed_reason_insufficient_funds");
              });
    }
  }

  @Test
  void readsAgainWhenTheNodeWasNotReached() {
    AtomicInteger calls = new AtomicInteger();
    try (FakeNode node =
        FakeNode.serving(
            new Deployments() {
              @Override
              public void deployment(
                  QueryDeploymentRequest request,
                  StreamObserver<QueryDeploymentResponse> observer) {
                if (calls.incrementAndGet() < 3) {
                  fail(observer, Status.UNAVAILABLE, "restarting");
                } else {
                  answer(observer, deploymentResponse(42));
                }
              }
            })) {
      assertThat(node.client().deployment(DEPLOYMENT)).isPresent();
    }
    assertThat(calls).hasValue(3);
  }

  @Test
  void givesUpAfterThreeReads() {
    AtomicInteger calls = new AtomicInteger();
    try (FakeNode node =
        FakeNode.serving(
            new Deployments() {
              @Override
              public void deployment(
                  QueryDeploymentRequest request,
                  StreamObserver<QueryDeploymentResponse> observer) {
                calls.incrementAndGet();
                fail(observer, Status.UNAVAILABLE, "down");
              }
            })) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.deployment(DEPLOYMENT))
          .isInstanceOf(ChainUnavailableException.class);
    }
    assertThat(calls).hasValue(3);
  }

  @Test
  void doesNotWaitBeyondTheDeadline() {
    try (FakeNode node =
        new FakeNode(
            Duration.ofMillis(50),
            new Deployments() {
              @Override
              public void deployment(
                  QueryDeploymentRequest request,
                  StreamObserver<QueryDeploymentResponse> observer) {
                // Never answers.
              }
            })) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.deployment(DEPLOYMENT))
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("DEADLINE_EXCEEDED");
    }
  }

  @Test
  void aCallThatTheNodeDoesNotTakeIsAFault() {
    try (FakeNode node = FakeNode.serving()) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.deployment(DEPLOYMENT))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void readsTheNewestBlock() {
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN))) {
      assertThat(node.client().latestBlock()).isEqualTo(new Block(FakeNode.CHAIN, 77, NOW));
    }
  }

  @Test
  void readsTheNewestBlockFromTheStatusOnceTheChainIsKnown() {
    NodeStatus status = new NodeStatus(StatusResponse.newBuilder().setHeight(78));
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), status)) {
      assertThat(node.client().latestBlock().height()).isEqualTo(77);

      assertThat(node.client().latestBlock().height()).as("a status without a time").isEqualTo(77);
      status.response.setTimestamp(Messages.encode(NOW));
      assertThat(node.client().latestBlock()).isEqualTo(new Block(FakeNode.CHAIN, 78, NOW));
    }
  }

  @Test
  void readsTheNewestBlockItselfFromANodeWithoutAStatus() {
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN))) {
      for (int i = 0; i < 3; i++) {
        assertThat(node.client().latestBlock().height()).isEqualTo(77);
      }
    }
  }

  @Test
  void doesNotPrepareOrBelieveOnAnotherChain() {
    Simulation simulation = new Simulation(observer -> answer(observer, gasUsed(1)));
    try (FakeNode node = FakeNode.serving(new Blocks("othernet-1"), new Accounts(), simulation)) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.prepare(REQUEST))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("othernet-1");
      assertThatThrownBy(() -> client.find("00")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(client::latestBlock).isInstanceOf(IllegalStateException.class);
    }
    assertThat(simulation.seen).isEmpty();
  }

  @Test
  void preparesWithTheGasThatTheBodyAndItsFeeAllowanceUseAndTheGranterToPay() {
    Simulation simulation = new Simulation(observer -> answer(observer, gasUsed(100_001)));
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), new Accounts(), simulation)) {
      UnsignedTransaction expected =
          Transactions.unsigned(
              REQUEST,
              new Fee(List.of(Coin.uakt(6_501)), 260_002, Optional.of(FUNDER)),
              FakeNode.CHAIN,
              12_345);
      assertThat(node.client().prepare(REQUEST)).isEqualTo(new Prepared.Ready(expected));
    }
    assertThat(simulation.seen).singleElement().isEqualTo(Transactions.simulation(REQUEST));
  }

  @Test
  void readsTheSignersAccountOnceUnlessItsSequenceCounts() {
    Simulation simulation = new Simulation(observer -> answer(observer, gasUsed(1)));
    Accounts accounts = new Accounts();
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), accounts, simulation)) {
      Prepared first = node.client().prepare(REQUEST);
      assertThat(node.client().prepare(REQUEST)).isEqualTo(first);
      assertThat(accounts.calls).isEqualTo(1);

      for (int i = 0; i < 2; i++) {
        Prepared _ = node.client().prepare(REQUEST.with(new Replay.BySequence(0)));
      }
      assertThat(accounts.calls).isEqualTo(3);
    }
  }

  @Test
  void refusesWhenTheSimulationFails() {
    Simulation simulation =
        new Simulation(
            observer ->
                fail(
                    observer,
                    Status.UNKNOWN,
                    "failed to execute message; message index: 0: Deployment closed with gas used:"
                        + " '4711'"));
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), new Accounts(), simulation)) {
      assertThat(node.client().prepare(REQUEST))
          .isEqualTo(
              new Prepared.Refused(
                  ChainError.of(
                      "deployment",
                      5,
                      "failed to execute message; message index: 0: Deployment closed")));
    }
  }

  @Test
  void aBrokenNodeIsNotARefusal() {
    Simulation simulation =
        new Simulation(observer -> fail(observer, Status.UNKNOWN, "http2 error"));
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), new Accounts(), simulation)) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.prepare(REQUEST))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void refusesASignerWithoutAccount() {
    TransactionRequest stranger =
        new TransactionRequest(
            PROVIDER,
            KEY,
            List.of(),
            "",
            NOW.plusSeconds(30),
            new Replay.ByTimeout(),
            Optional.empty(),
            0);
    try (FakeNode node = FakeNode.serving(new Blocks(FakeNode.CHAIN), new Accounts())) {
      assertThat(node.client().prepare(stranger))
          .isInstanceOfSatisfying(
              Prepared.Refused.class,
              refused -> assertThat(refused.error().is(ChainFault.UNKNOWN_ADDRESS)).isTrue());
    }
  }

  @Test
  void preparesNothingForAnotherToSign() {
    TransactionRequest foreign =
        new TransactionRequest(
            PROVIDER,
            KEY,
            REQUEST.messages(),
            "",
            NOW.plusSeconds(30),
            new Replay.ByTimeout(),
            Optional.empty(),
            0);
    try (FakeNode node = FakeNode.serving()) {
      NodeClient client = node.client();
      assertThatThrownBy(() -> client.prepare(foreign))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSecondBroadcastOfTheSameBytesIsAccepted() {
    assertThat(broadcast("", 0)).isInstanceOf(Broadcast.Accepted.class);
    assertThat(broadcast("sdk", 19)).isInstanceOf(Broadcast.Accepted.class);
    assertThat(broadcast("market", 19)).isInstanceOf(Broadcast.Refused.class);
    assertThat(broadcast("sdk", 13))
        .isEqualTo(new Broadcast.Refused(ChainError.of("sdk", 13, "the log")));
  }

  @Test
  void aBroadcastIsNotRepeatedBehindTheCallersBack() {
    AtomicInteger calls = new AtomicInteger();
    try (FakeNode node =
        FakeNode.serving(
            new Blocks(FakeNode.CHAIN),
            new ServiceGrpc.ServiceImplBase() {
              @Override
              public void broadcastTx(
                  BroadcastTxRequest request, StreamObserver<BroadcastTxResponse> observer) {
                calls.incrementAndGet();
                fail(observer, Status.UNAVAILABLE, "connection lost");
              }
            })) {
      NodeClient client = node.client();
      Bytes signed = Bytes.ofHex("0102");
      assertThatThrownBy(() -> client.broadcast(signed))
          .isInstanceOf(ChainUnavailableException.class);
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void findsATransactionAndWhyItFailed() {
    try (FakeNode node =
        FakeNode.serving(
            new Blocks(FakeNode.CHAIN),
            new ServiceGrpc.ServiceImplBase() {
              @Override
              public void getTx(GetTxRequest request, StreamObserver<GetTxResponse> observer) {
                if (request.getHash().equals("AB")) {
                  answer(
                      observer,
                      GetTxResponse.newBuilder()
                          .setTxResponse(
                              TxResponse.newBuilder()
                                  .setTxhash("AB")
                                  .setHeight(9)
                                  .setGasUsed(1_000)
                                  .setCodespace("market")
                                  .setCode(12)
                                  .setRawLog("bid not open"))
                          .build());
                } else {
                  fail(observer, Status.NOT_FOUND, "tx not found: " + request.getHash());
                }
              }
            })) {
      assertThat(node.client().find("AB"))
          .contains(
              new TransactionResult(
                  "AB",
                  9,
                  1_000,
                  Optional.of(ChainError.of("market", 12, "bid not open")),
                  "bid not open"));
      assertThat(node.client().find("CD")).isEmpty();
    }
  }

  @Test
  void addsUpWhatTheDepositGrantsLeave() {
    DepositAuthorization deposits =
        DepositAuthorization.newBuilder()
            .setSpendLimit(coin("uact", "0"))
            .addScopes(DepositAuthorization.Scope.deployment)
            .addSpendLimits(coin("uact", "25"))
            .build();
    assertThat(depositGrant(deposits)).isEqualTo(Coin.uact(25));
    DepositAuthorization old =
        DepositAuthorization.newBuilder()
            .setSpendLimit(coin("uact", "7"))
            .addScopes(DepositAuthorization.Scope.deployment)
            .build();
    assertThat(depositGrant(old)).isEqualTo(Coin.uact(7));
    DepositAuthorization forBids =
        deposits.toBuilder().clearScopes().addScopes(DepositAuthorization.Scope.bid).build();
    assertThat(depositGrant(forBids)).isEqualTo(Coin.uact(0));
  }

  @Test
  void readsEveryKindOfFeeAllowance() {
    BasicAllowance basic =
        BasicAllowance.newBuilder()
            .addSpendLimit(coin("uact", "1"))
            .addSpendLimit(coin("uakt", "100"))
            .build();
    assertThat(feeAllowance(Messages.pack(basic))).contains(Coin.uakt(100));
    assertThat(feeAllowance(Messages.pack(BasicAllowance.getDefaultInstance())))
        .contains(Coin.uakt(Long.MAX_VALUE));
    assertThat(
            feeAllowance(
                Messages.pack(
                    AllowedMsgAllowance.newBuilder()
                        .setAllowance(
                            Messages.pack(
                                PeriodicAllowance.newBuilder()
                                    .setBasic(basic)
                                    .addPeriodCanSpend(coin("uakt", "30"))
                                    .build()))
                        .build())))
        .contains(Coin.uakt(30));
    assertThat(feeAllowance(Any.newBuilder().setTypeUrl("/x.Other").build()))
        .contains(Coin.uakt(0));
  }

  @Test
  void noFeeAllowanceIsEmptyHoweverTheNodeSaysIt() {
    for (Status status :
        List.of(
            Status.NOT_FOUND.withDescription("fee-grant not found"),
            Status.INTERNAL.withDescription("fee-grant not found: not found"),
            Status.INTERNAL.withDescription("no allowance"))) {
      try (FakeNode node =
          FakeNode.serving(
              new io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc.QueryImplBase() {
                @Override
                public void allowance(
                    QueryAllowanceRequest request,
                    StreamObserver<QueryAllowanceResponse> observer) {
                  observer.onError(status.asRuntimeException());
                }
              })) {
        assertThat(node.client().feeAllowance(FUNDER, OWNER)).isEmpty();
      }
    }
  }

  private static Coin depositGrant(DepositAuthorization authorization) {
    try (FakeNode node =
        FakeNode.serving(
            new io.berth.proto.cosmos.authz.v1beta1.QueryGrpc.QueryImplBase() {
              @Override
              public void grants(
                  QueryGrantsRequest request, StreamObserver<QueryGrantsResponse> observer) {
                Any other =
                    Messages.pack(GenericAuthorization.newBuilder().setMsg("/x.Msg").build());
                answer(
                    observer,
                    QueryGrantsResponse.newBuilder()
                        .addGrants(Grant.newBuilder().setAuthorization(other))
                        .addGrants(
                            Grant.newBuilder().setAuthorization(Messages.pack(authorization)))
                        .build());
              }
            })) {
      return node.client().depositGrant(FUNDER, OWNER, Coin.UACT);
    }
  }

  private static Optional<Coin> feeAllowance(Any allowance) {
    try (FakeNode node =
        FakeNode.serving(
            new io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc.QueryImplBase() {
              @Override
              public void allowance(
                  QueryAllowanceRequest request, StreamObserver<QueryAllowanceResponse> observer) {
                answer(
                    observer,
                    QueryAllowanceResponse.newBuilder()
                        .setAllowance(
                            io.berth.proto.cosmos.feegrant.v1beta1.Grant.newBuilder()
                                .setGranter(request.getGranter())
                                .setGrantee(request.getGrantee())
                                .setAllowance(allowance))
                        .build());
              }
            })) {
      return node.client().feeAllowance(FUNDER, OWNER);
    }
  }

  private static Broadcast broadcast(String codespace, int code) {
    try (FakeNode node =
        FakeNode.serving(
            new Blocks(FakeNode.CHAIN),
            new ServiceGrpc.ServiceImplBase() {
              @Override
              public void broadcastTx(
                  BroadcastTxRequest request, StreamObserver<BroadcastTxResponse> observer) {
                assertThat(request.getTxBytes()).isEqualTo(ByteString.copyFrom(new byte[] {1, 2}));
                answer(
                    observer,
                    BroadcastTxResponse.newBuilder()
                        .setTxResponse(
                            TxResponse.newBuilder()
                                .setCodespace(codespace)
                                .setCode(code)
                                .setRawLog("the log"))
                        .build());
              }
            })) {
      return node.client().broadcast(Bytes.ofHex("0102"));
    }
  }

  private static QueryDeploymentResponse deploymentResponse(long dseq) {
    DeploymentID id = DeploymentID.newBuilder().setOwner(OWNER).setDseq(dseq).build();
    return QueryDeploymentResponse.newBuilder()
        .setDeployment(
            io.berth.proto.akash.deployment.v1.Deployment.newBuilder()
                .setId(id)
                .setState(io.berth.proto.akash.deployment.v1.Deployment.State.active)
                .setHash(ByteString.copyFrom(new byte[] {1, 2}))
                .setCreatedAt(17))
        .addGroups(
            io.berth.proto.akash.deployment.v1beta4.Group.newBuilder()
                .setId(GroupID.newBuilder().setOwner(OWNER).setDseq(dseq).setGseq(1))
                .setState(io.berth.proto.akash.deployment.v1beta4.Group.State.paused)
                .setGroupSpec(GroupSpec.newBuilder().setName("dcloud")))
        .setEscrowAccount(
            Account.newBuilder()
                .setId(
                    io.berth.proto.akash.escrow.id.v1.Account.newBuilder()
                        .setScope(Scope.deployment)
                        .setXid(OWNER + "/" + dseq))
                .setState(
                    AccountState.newBuilder()
                        .setOwner(OWNER)
                        .setState(State.overdrawn)
                        .setSettledAt(20)
                        .addFunds(
                            Balance.newBuilder()
                                .setDenom(Coin.UACT)
                                .setAmount("-1500000000000000000"))
                        .addDeposits(
                            Depositor.newBuilder()
                                .setOwner(FUNDER)
                                .setHeight(17)
                                .setSource(io.berth.proto.akash.base.deposit.v1.Source.grant)
                                .setBalance(price("5000000000000000000000000")))))
        .build();
  }

  private static io.berth.proto.cosmos.base.v1beta1.DecCoin price(String amount) {
    return io.berth.proto.cosmos.base.v1beta1.DecCoin.newBuilder()
        .setDenom(Coin.UACT)
        .setAmount(amount)
        .build();
  }

  private static io.berth.proto.cosmos.base.v1beta1.Coin coin(String denom, String amount) {
    return io.berth.proto.cosmos.base.v1beta1.Coin.newBuilder()
        .setDenom(denom)
        .setAmount(amount)
        .build();
  }

  private static SimulateResponse gasUsed(long gas) {
    return SimulateResponse.newBuilder().setGasInfo(GasInfo.newBuilder().setGasUsed(gas)).build();
  }

  private static void fail(StreamObserver<?> observer, Status status, String description) {
    observer.onError(status.withDescription(description).asRuntimeException());
  }

  private abstract static class Deployments
      extends io.berth.proto.akash.deployment.v1beta4.QueryGrpc.QueryImplBase {}

  private abstract static class Market
      extends io.berth.proto.akash.market.v1beta5.QueryGrpc.QueryImplBase {}

  private static final class NodeStatus
      extends io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc.ServiceImplBase {
    private final StatusResponse.Builder response;

    NodeStatus(StatusResponse.Builder response) {
      this.response = response;
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
      answer(observer, response.build());
    }
  }

  private static final class Blocks
      extends io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc.ServiceImplBase {
    private final String chainId;

    Blocks(String chainId) {
      this.chainId = chainId;
    }

    @Override
    public void getLatestBlock(
        GetLatestBlockRequest request, StreamObserver<GetLatestBlockResponse> observer) {
      answer(
          observer,
          GetLatestBlockResponse.newBuilder()
              .setSdkBlock(
                  io.berth.proto.cosmos.base.tendermint.v1beta1.Block.newBuilder()
                      .setHeader(
                          Header.newBuilder()
                              .setChainId(chainId)
                              .setHeight(77)
                              .setTime(Messages.encode(NOW))))
              .build());
    }
  }

  private static final class Accounts
      extends io.berth.proto.cosmos.auth.v1beta1.QueryGrpc.QueryImplBase {
    private int calls;

    @Override
    public void accountInfo(
        QueryAccountInfoRequest request, StreamObserver<QueryAccountInfoResponse> observer) {
      calls++;
      if (request.getAddress().equals("akash1signed")) {
        answer(
            observer,
            QueryAccountInfoResponse.newBuilder()
                .setInfo(BaseAccount.newBuilder().setPubKey(Any.getDefaultInstance()))
                .build());
      } else if (request.getAddress().equals(OWNER)) {
        answer(
            observer,
            QueryAccountInfoResponse.newBuilder()
                .setInfo(BaseAccount.newBuilder().setAddress(OWNER).setAccountNumber(12_345))
                .build());
      } else {
        fail(observer, Status.NOT_FOUND, "account " + request.getAddress() + " not found");
      }
    }
  }

  private static final class Simulation extends ServiceGrpc.ServiceImplBase {
    private final List<ByteString> seen = new ArrayList<>();
    private final Consumer<StreamObserver<SimulateResponse>> outcome;

    Simulation(Consumer<StreamObserver<SimulateResponse>> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void simulate(SimulateRequest request, StreamObserver<SimulateResponse> observer) {
      seen.add(request.getTxBytes());
      outcome.accept(observer);
    }
  }
}
