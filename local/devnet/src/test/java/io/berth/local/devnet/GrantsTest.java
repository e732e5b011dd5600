package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deposits out of grants and balances, over gRPC. */
class GrantsTest {

  private final TestNet net = new TestNet();

  @AfterEach
  void stop() {
    net.close();
  }

  private MsgAccountDeposit deposit(WalletKey signer, Deposit deposit) {
    return MsgAccountDeposit.newBuilder()
        .setSigner(signer.address())
        .setId(EscrowIds.of(net.deploymentId()))
        .setDeposit(deposit)
        .build();
  }

  private MsgGrant grant(WalletKey granter, Coin limit, DepositAuthorization.Scope scope) {
    return grant(granter, limit, scope, Grant.newBuilder());
  }

  private MsgGrant grant(
      WalletKey granter, Coin limit, DepositAuthorization.Scope scope, Grant.Builder grant) {
    return MsgGrant.newBuilder()
        .setGranter(granter.address())
        .setGrantee(net.tenant.address())
        .setGrant(
            grant.setAuthorization(
                Packed.any(
                    DepositAuthorization.newBuilder()
                        .addScopes(scope)
                        .addSpendLimits(limit)
                        .build())))
        .build();
  }

  private static void assertRefused(TxResponse response, String codespace, int code, String log) {
    assertThat(response.getCodespace() + "/" + response.getCode() + " " + response.getRawLog())
        .startsWith(codespace + "/" + code + " ")
        .contains(log);
  }

  private String funds() {
    return net.deployment().getEscrowAccount().getState().getFunds(0).getAmount();
  }

  @Test
  void aDepositLowersTheGrant() {
    net.succeed(net.tenant, net.create().build());

    assertThat(Grants.limit(net, "uact")).isEqualTo(15_000_000);
    net.succeed(net.tenant, deposit(net.tenant, TestNet.deposit("uact", 2_000_000, Source.grant)));
    assertThat(Grants.limit(net, "uact")).isEqualTo(13_000_000);
    assertThat(funds()).isEqualTo("7000000000000000000000000");
  }

  @Test
  void anExhaustedGrantRefusesAndStays() {
    net.succeed(
        net.tenant,
        net.create().setDeposit(TestNet.deposit("uact", 20_000_000, Source.grant)).build());

    TxResponse response =
        net.run(net.tenant, deposit(net.tenant, TestNet.deposit("uact", 1, Source.grant)));

    assertRefused(response, "market", 28, "deposit invalid: insufficient balance");
    assertThat(Grants.all(net)).hasSize(1);
    assertThat(Grants.limit(net, "uact")).isZero();
  }

  @Test
  void aShortGrantIsLeftUntouched() {
    TxResponse response =
        net.run(
            net.tenant,
            net.create().setDeposit(TestNet.deposit("uact", 20_000_001, Source.grant)).build());

    assertRefused(response, "market", 28, "insufficient balance");
    assertThat(Grants.limit(net, "uact")).isEqualTo(20_000_000);
  }

  @Test
  void aMissingGrantRefuses() {
    net.succeed(net.funder, Grants.revoke(net));

    assertRefused(net.run(net.tenant, net.create().build()), "market", 28, "insufficient balance");
  }

  @Test
  void revokingWhatIsNotThereRefuses() {
    net.succeed(net.funder, Grants.revoke(net));

    assertRefused(net.run(net.funder, Grants.revoke(net)), "authz", 2, "authorization not found");
  }

  @Test
  void aGrantForAnotherScopeDoesNotServe() {
    net.succeed(
        net.funder,
        grant(net.funder, Coins.coin("uact", 20_000_000), DepositAuthorization.Scope.bid));

    assertRefused(net.run(net.tenant, net.create().build()), "market", 28, "insufficient balance");
  }

  @Test
  void grantingAgainReplacesTheLimit() {
    net.succeed(
        net.funder,
        grant(net.funder, Coins.coin("uact", 700_000), DepositAuthorization.Scope.deployment));

    assertThat(Grants.limit(net, "uact")).isEqualTo(700_000);
  }

  @Test
  void anExpiredGrantDoesNotServe() {
    net.succeed(
        net.funder,
        grant(
            net.funder,
            Coins.coin("uact", 20_000_000),
            DepositAuthorization.Scope.deployment,
            Grant.newBuilder().setExpiration(Times.timestamp(net.now().plusSeconds(30)))));
    net.passes(Duration.ofSeconds(31));

    assertRefused(net.run(net.tenant, net.create().build()), "market", 28, "insufficient balance");
  }

  @Test
  void aGrantThatIsAlreadyOverRefuses() {
    assertRefused(
        net.run(
            net.funder,
            grant(
                net.funder,
                Coins.coin("uact", 1),
                DepositAuthorization.Scope.deployment,
                Grant.newBuilder().setExpiration(Times.timestamp(TestNet.START.minusSeconds(1))))),
        "authz",
        3,
        "expiration time");
  }

  @Test
  void takesPartsFromBalanceAndGrantsInTheOrderOfTheSources() {
    net.devnet.add(Genesis.builder().account(net.tenant.address(), 0, 1_000_000).build());
    net.block();

    net.succeed(
        net.tenant,
        net.create()
            .setDeposit(TestNet.deposit("uact", 5_000_000, Source.balance, Source.grant))
            .build());

    var deposits = net.deployment().getEscrowAccount().getState().getDepositsList();
    assertThat(deposits)
        .extracting(one -> one.getOwner() + " " + Coins.amount(one.getBalance()).truncate())
        .isEqualTo(List.of(net.tenant.address() + " 1000000", net.funder.address() + " 4000000"));
    net.succeed(net.tenant, net.closeDeployment());
    assertThat(net.balance(net.tenant, "uact")).isEqualTo(1_000_000);
    assertThat(Grants.limit(net, "uact")).isEqualTo(20_000_000);
  }

  @Test
  void aGranterWithoutCoinsFailsTheDeposit() {
    net.succeed(net.funder, Grants.revoke(net));
    WalletKey poor = TestNet.key(40);
    net.devnet.add(
        Genesis.builder()
            .account(poor.address(), 0, 100)
            .depositGrant(
                poor.address(), net.tenant.address(), 9_000_000, java.util.Optional.empty())
            .build());
    net.block();

    assertRefused(
        net.run(net.tenant, net.create().build()),
        "sdk",
        5,
        "spendable balance 100uact is smaller than 5000000uact");
  }

  @Test
  void anybodyMayDepositAndGetsTheRestBack() {
    net.succeed(net.tenant, net.create().build());
    long before = net.balance(net.otherProvider, "uact");
    net.succeed(
        net.otherProvider,
        deposit(net.otherProvider, TestNet.deposit("uact", 300, Source.balance)));

    net.succeed(net.tenant, net.closeDeployment());

    assertThat(net.balance(net.otherProvider, "uact")).isEqualTo(before);
  }

  @Test
  void aDepositIntoAClosedAccountRefuses() {
    net.succeed(net.tenant, net.create().build());
    net.succeed(net.tenant, net.closeDeployment());

    assertRefused(
        net.run(net.tenant, deposit(net.tenant, TestNet.deposit("uact", 1, Source.grant))),
        "escrow",
        2,
        "account closed");
    assertThat(Grants.limit(net, "uact")).isEqualTo(20_000_000);
  }

  @Test
  void aDepositOfNothingRefuses() {
    assertRefused(
        net.run(net.tenant, deposit(net.tenant, TestNet.deposit("uact", 0, Source.grant))),
        "escrow",
        16,
        "invalid deposit");
  }

  @Test
  void payingTheDebtOfAnOverdrawnAccountDoesNotReviveTheDeployment() {
    net.succeed(
        net.tenant,
        net.create().setDeposit(TestNet.deposit("uact", 500_000, Source.grant)).build());
    net.succeed(net.provider, net.bid(net.provider, 1, 1, "10").build());
    net.succeed(net.tenant, net.lease(net.provider, 1, 1));
    net.blocks(50_000);
    net.succeed(net.tenant, net.closeDeployment());
    assertThat(net.deployment().getEscrowAccount().getState().getState())
        .isEqualTo(State.overdrawn);
    long provider = net.balance(net.provider, "uact");
    long funder = net.balance(net.funder, "uact");

    // 50,001 blocks at 10 were due of 500,000: 10 are owed.
    net.succeed(net.tenant, deposit(net.tenant, TestNet.deposit("uact", 1000, Source.grant)));

    assertThat(net.balance(net.provider, "uact") - provider).isEqualTo(10);
    assertThat(funder - net.balance(net.funder, "uact")).isEqualTo(10);
    assertThat(net.balance(Addresses.ESCROW, "uact")).isZero();
    assertThat(net.deployment().getEscrowAccount().getState().getState()).isEqualTo(State.closed);
    assertThat(net.deployment().getDeployment().getState()).isEqualTo(Deployment.State.closed);
  }
}
