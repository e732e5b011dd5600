package io.berth.local.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.local.devnet.Devnet;
import io.berth.local.devnet.DevnetConfig;
import io.berth.local.devnet.Genesis;
import io.berth.local.providers.chain.Ids;
import io.berth.local.providers.chain.Node;
import io.berth.local.providers.chain.Outbox;
import io.berth.local.providers.manifest.SdlFixtures;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1beta5.MsgCreateLease;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** An account with deployments on an Akash node, with every block made by hand. */
abstract class TenantOnDevnet {
  static final WalletKey TENANT = key(1);
  static final WalletKey STRANGER = key(2);
  static final WalletKey PROVIDER = key(3);
  static final WalletKey OTHER_PROVIDER = key(4);
  static final String CASE = "own-hash-escaping";
  static final long DSEQ = 42;
  static final OrderId ORDER = new OrderId(TENANT.address(), DSEQ, 1, 1);
  static final BidId BID = new BidId(ORDER, PROVIDER.address(), 0);

  final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now().minusSeconds(3600));
  final Devnet devnet =
      Devnet.start(
          DevnetConfig.defaults()
              .withManualBlocks()
              .withClock(clock::get)
              .withGenesis(
                  Genesis.builder()
                      .account(TENANT.address(), 1_000_000_000, 1_000_000_000)
                      .account(STRANGER.address(), 1_000_000_000, 1_000_000_000)
                      .account(PROVIDER.address(), 1_000_000_000, 1_000_000_000)
                      .account(OTHER_PROVIDER.address(), 1_000_000_000, 1_000_000_000)
                      .build()));
  final String target = "localhost:" + devnet.port();
  final Node node = new Node(target);
  final List<ProviderSimulator> providers = new ArrayList<>();

  /** The first that was started. */
  ProviderSimulator provider;

  @AfterEach
  final void stop() {
    providers.forEach(ProviderSimulator::close);
    node.close();
    devnet.close();
  }

  final void start(UnaryOperator<ProviderConfig> change) {
    provider = start("alpha", PROVIDER, change);
  }

  final ProviderSimulator start(
      String name, WalletKey account, UnaryOperator<ProviderConfig> change) {
    ProviderSimulator started =
        ProviderSimulator.start(
            change.apply(
                ProviderConfig.of(name, account, target)
                    .withPollInterval(Duration.ZERO)
                    .withClock(clock::get)));
    providers.add(started);
    started.tick();
    return started;
  }

  final void blocks(int count) {
    for (int i = 0; i < count; i++) {
      block();
    }
  }

  final void block() {
    clock.updateAndGet(now -> now.plusSeconds(1));
    devnet.produceBlock();
    providers.forEach(ProviderSimulator::tick);
  }

  final void deploy(List<GroupSpec> groups) {
    deploy(groups, SdlFixtures.version(CASE));
  }

  final void deploy(List<GroupSpec> groups, byte[] hash) {
    deploy(DSEQ, groups, hash);
  }

  final void deploy(long dseq, List<GroupSpec> groups) {
    deploy(dseq, groups, SdlFixtures.version(CASE));
  }

  final void deploy(long dseq, List<GroupSpec> groups, byte[] hash) {
    tenantSends(
        MsgCreateDeployment.newBuilder()
            .setId(DeploymentID.newBuilder().setOwner(TENANT.address()).setDseq(dseq))
            .addAllGroups(groups)
            .setHash(ByteString.copyFrom(hash))
            .setDeposit(deposit())
            .build());
  }

  static Deposit deposit() {
    return Deposit.newBuilder()
        .setAmount(Coin.newBuilder().setDenom("uact").setAmount("5000000"))
        .addSources(Source.balance)
        .build();
  }

  final void lease() {
    tenantSends(MsgCreateLease.newBuilder().setBidId(Ids.bid(BID)).build());
    assertThat(node.lease(BID).orElseThrow().getState()).isEqualTo(Lease.State.active);
  }

  final void tenantSends(Message message) {
    send(TENANT, message);
  }

  /** Sends, makes a block, and sees to it that the chain took the message. */
  final void send(WalletKey key, Message message) {
    Outbox outbox = new Outbox(node, key);
    assertThat(outbox.send(message, node.latestBlock())).isEmpty();
    block();
    assertThat(outbox.onBlock(node.latestBlock())).isEmpty();
    assertThat(outbox.isUnderWay(message)).isFalse();
  }

  static List<GroupSpec> groups() {
    return SdlFixtures.groups(CASE);
  }

  static WalletKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return WalletKey.of(bytes);
  }
}
