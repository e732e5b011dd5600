package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.devnet.modules.Coins;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad days, on request. */
class FaultsTest {

  private final List<Duration> delays = new CopyOnWriteArrayList<>();
  private final TestNet net = new TestNet(config -> config.withDelayer(delays::add));

  @AfterEach
  void stop() {
    net.close();
  }

  private byte[] send() {
    return net.draft(
            net.funder,
            MsgSend.newBuilder()
                .setFromAddress(net.funder.address())
                .setToAddress(net.provider.address())
                .addAmount(Coins.coin("uakt", 1))
                .build())
        .bytes();
  }

  private long latest() {
    return ServiceGrpc.newBlockingStub(net.channel)
        .getLatestBlock(GetLatestBlockRequest.getDefaultInstance())
        .getSdkBlock()
        .getHeader()
        .getHeight();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void aDroppedAnswerHidesThatTheTransactionWasAccepted() {
    byte[] bytes = send();
    net.devnet.faults().dropAnswersAfterAccept(1);

    assertUnavailable(() -> net.broadcast(bytes));
    net.block();

    String hash = net.broadcast(bytes).getTxhash();
    assertThat(net.find(hash).getCode()).isZero();
  }

  @Test
  void aRefusedTransactionDoesNotUseUpTheDrop() {
    net.devnet.faults().dropAnswersAfterAccept(1);

    assertThat(net.broadcast(new byte[] {1}).getCode()).isEqualTo(2);
    assertUnavailable(() -> net.broadcast(send()));
    assertThat(net.broadcast(send()).getCode()).isZero();
  }

  @Test
  void aLaggingNodeAnswersFromEarlierBlocks() {
    net.succeed(net.tenant, net.create().build());
    long height = net.devnet.height();
    net.devnet.faults().lag(1);

    assertThat(latest()).isEqualTo(height - 1);
    assertThatThrownBy(net::deployment).hasMessageContaining("Deployment not found");
    net.block();
    assertThat(net.deployment().getDeployment().getCreatedAt()).isEqualTo(height);
  }

  @Test
  void aLaggingIndexFindsTransactionsLater() {
    net.devnet.faults().indexLag(2);
    String hash = net.broadcast(send()).getTxhash();
    long height = net.block();
    net.block();

    assertThatThrownBy(() -> net.find(hash)).hasMessageContaining("tx not found");
    assertThat(latest()).isEqualTo(height + 1);
    net.block();
    assertThat(net.find(hash).getHeight()).isEqualTo(height);
  }

  @Test
  void aHaltedChainAdmitsButMakesNoBlocks() {
    net.devnet.faults().halt(true);
    long height = net.devnet.height();
    String hash = net.broadcast(send()).getTxhash();

    net.block();

    assertThat(net.devnet.height()).isEqualTo(height);
    assertThatThrownBy(() -> net.find(hash)).hasMessageContaining("tx not found");
    net.devnet.faults().halt(false);
    net.block();
    assertThat(net.find(hash).getCode()).isZero();
  }

  @Test
  void aSlowNodeWaitsBeforeEveryAnswer() {
    net.devnet.faults().slow(Duration.ofMillis(1500));
    latest();
    net.devnet.faults().slow(Duration.ZERO);
    latest();

    assertThat(delays).containsExactly(Duration.ofMillis(1500));
  }

  @Test
  void aNodeThatIsDownAcceptsNothing() {
    byte[] bytes = send();
    net.devnet.faults().down(true);

    assertUnavailable(() -> net.broadcast(bytes));
    net.devnet.faults().clear();
    assertThat(net.broadcast(bytes).getCode()).isZero();
  }

  @Test
  void aSyncingNodeSaysSo() {
    net.devnet.faults().syncing(true);

    assertThat(
            ServiceGrpc.newBlockingStub(net.channel)
                .getSyncing(GetSyncingRequest.getDefaultInstance())
                .getSyncing())
        .isTrue();
  }
}
