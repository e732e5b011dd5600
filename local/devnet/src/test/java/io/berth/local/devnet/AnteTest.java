package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Times;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc;
import io.berth.proto.cosmos.tx.v1beta1.SimulateRequest;
import io.berth.proto.cosmos.tx.v1beta1.SimulateResponse;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the chain checks before messages run, one refusal each. */
class AnteTest {

  private static final BigInteger CURVE_ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final TestNet net = new TestNet();

  @AfterEach
  void stop() {
    net.close();
  }

  private MsgSend send() {
    return MsgSend.newBuilder()
        .setFromAddress(net.funder.address())
        .setToAddress(net.tenant.address())
        .addAmount(Coins.coin("uakt", 1))
        .build();
  }

  private TestNet.Draft funderDraft() {
    return net.draft(net.funder, send());
  }

  private TestNet.Draft tenantDraft() {
    return net.draft(net.tenant, net.create().build());
  }

  private static void assertRefused(TxResponse response, String codespace, int code, String log) {
    assertThat(response.getCodespace() + "/" + response.getCode() + " " + response.getRawLog())
        .startsWith(codespace + "/" + code + " ")
        .contains(log);
  }

  private TxResponse broadcast(TestNet.Draft draft) {
    return net.broadcast(draft.bytes());
  }

  // Decoding.

  @Test
  void refusesBytesThatAreNoTransaction() {
    assertRefused(net.broadcast(new byte[] {1, 2, 3}), "sdk", 2, "tx parse error");
  }

  @Test
  void refusesUnknownFieldsInABody() {
    TestNet.Draft draft = funderDraft();
    draft.body.setUnknownFields(unknownField(9));

    assertRefused(broadcast(draft), "sdk", 2, "errUnknownField");
  }

  @Test
  void refusesUnknownFieldsInsideAMessage() {
    TestNet.Draft draft =
        net.draft(net.funder, send().toBuilder().setUnknownFields(unknownField(9)).build());

    assertRefused(broadcast(draft), "sdk", 2, "/cosmos.bank.v1beta1.MsgSend");
  }

  @Test
  void admitsNonCriticalUnknownFieldsInABody() {
    TestNet.Draft draft = funderDraft();
    draft.body.setUnknownFields(unknownField(1024 + 5));

    assertThat(broadcast(draft).getCode()).isZero();
  }

  private static UnknownFieldSet unknownField(int number) {
    return UnknownFieldSet.newBuilder()
        .addField(number, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
  }

  @Test
  void refusesMessagesThatTheChainDoesNotServe() {
    TestNet.Draft draft = net.draft(net.funder, BaseAccount.getDefaultInstance());

    assertRefused(broadcast(draft), "sdk", 2, "unable to resolve type URL");
  }

  @Test
  void refusesATxRawWhoseFieldsAreOutOfOrder() {
    TxRaw raw = funderDraft().raw();
    ByteString reordered =
        TxRaw.newBuilder()
            .setAuthInfoBytes(raw.getAuthInfoBytes())
            .build()
            .toByteString()
            .concat(TxRaw.newBuilder().setBodyBytes(raw.getBodyBytes()).build().toByteString())
            .concat(TxRaw.newBuilder().addSignatures(raw.getSignatures(0)).build().toByteString());

    assertRefused(net.broadcast(reordered.toByteArray()), "sdk", 2, "non ascending");
  }

  @Test
  void refusesATxRawWithAVarintThatCouldBeShorter() {
    byte[] bytes = {0x0a, (byte) 0x81, 0x00, 0x00};

    assertRefused(net.broadcast(bytes), "sdk", 2, "not as short as possible");
  }

  // Signatures.

  @Test
  void refusesASignatureForAnotherChain() {
    TestNet.Draft draft = funderDraft().with(d -> d.chainId = "akashnet-2");

    assertRefused(broadcast(draft), "sdk", 4, "signature verification failed");
  }

  @Test
  void refusesASignatureForAnotherAccountNumber() {
    TestNet.Draft draft = funderDraft().with(d -> d.accountNumber += 1);

    assertRefused(broadcast(draft), "sdk", 4, "signature verification failed");
  }

  @Test
  void refusesTheHighFormOfAGoodSignature() {
    TxRaw raw = funderDraft().raw();
    byte[] signature = raw.getSignatures(0).toByteArray();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] high = CURVE_ORDER.subtract(s).toByteArray();
    System.arraycopy(high, high.length - 32, signature, 32, 32);
    byte[] bytes =
        raw.toBuilder().setSignatures(0, ByteString.copyFrom(signature)).build().toByteArray();

    assertRefused(net.broadcast(bytes), "sdk", 4, "signature verification failed");
  }

  @Test
  void refusesAnotherKeyThanTheSigners() {
    TestNet.Draft draft = funderDraft().with(d -> d.signer = net.provider);

    assertRefused(broadcast(draft), "sdk", 8, "pubKey does not match signer address");
  }

  @Test
  void refusesASignerWithoutAnAccount() {
    TestNet.Draft stranger =
        net.draft(
            TestNet.key(10), send().toBuilder().setFromAddress(TestNet.key(10).address()).build());

    assertRefused(broadcast(stranger), "sdk", 9, "does not exist");
  }

  @Test
  void keepsThePublicKeyOfTheFirstTransaction() {
    assertThat(net.account(net.tenant.address()).orElseThrow().hasPubKey()).isFalse();

    net.succeed(net.tenant, net.create().build());

    var key = net.account(net.tenant.address()).orElseThrow().getPubKey();
    assertThat(Packed.open(key, PubKey.class).orElseThrow().getKey().toByteArray())
        .isEqualTo(net.tenant.publicKey().toArray());
  }

  // Form.

  @Test
  void refusesAMemoOfMoreThan256Bytes() {
    TestNet.Draft draft = funderDraft().with(d -> d.body.setMemo("x".repeat(257)));

    assertRefused(broadcast(draft), "sdk", 12, "received 257 characters");
  }

  @Test
  void refusesATransactionWithoutMessages() {
    TestNet.Draft draft = funderDraft().with(d -> d.body.clearMessages());

    TxResponse response = broadcast(draft);
    assertRefused(response, "sdk", 18, "must contain at least one message");
  }

  @Test
  void refusesATransactionAfterItsTimeoutHeight() {
    TestNet.Draft draft = funderDraft().with(d -> d.body.setTimeoutHeight(net.devnet.height()));
    net.block();

    assertRefused(broadcast(draft), "sdk", 30, "timeout height");
  }

  // Unordered transactions.

  @Test
  void refusesAnUnorderedTransactionWithoutATimeout() {
    TestNet.Draft draft = funderDraft().with(d -> d.body.clearTimeoutTimestamp());

    assertRefused(broadcast(draft), "sdk", 18, "must have timeout_timestamp set");
  }

  @Test
  void refusesATimeoutBeforeTheBlockTime() {
    TestNet.Draft draft =
        funderDraft()
            .with(
                d -> d.body.setTimeoutTimestamp(Times.timestamp(net.devnet.time().minusNanos(1))));

    assertRefused(broadcast(draft), "sdk", 42, "timeout timestamp");
  }

  @Test
  void refusesATimeoutMoreThanTenMinutesAhead() {
    TestNet.Draft atTheLimit =
        funderDraft()
            .with(
                d ->
                    d.body.setTimeoutTimestamp(
                        Times.timestamp(net.devnet.time().plusSeconds(600))));
    TestNet.Draft beyond =
        funderDraft()
            .with(
                d ->
                    d.body.setTimeoutTimestamp(
                        Times.timestamp(net.devnet.time().plusSeconds(600).plusNanos(1))));

    assertThat(broadcast(atTheLimit).getCode()).isZero();
    assertRefused(broadcast(beyond), "sdk", 18, "ttl exceeds");
  }

  @Test
  void refusesASequenceInAnUnorderedTransaction() {
    TestNet.Draft draft = funderDraft().with(d -> d.sequence = 1);

    assertRefused(broadcast(draft), "sdk", 18, "sequence is not allowed");
  }

  @Test
  void refusesASecondTransactionWithTheSameTimeoutAndSigner() {
    TestNet.Draft first = funderDraft();
    TestNet.Draft second =
        funderDraft()
            .with(d -> d.body.setTimeoutTimestamp(first.body.getTimeoutTimestamp()).setMemo("b"));

    assertThat(broadcast(first).getCode()).isZero();
    assertRefused(broadcast(second), "sdk", 18, "already used timeout");
    net.block();
    assertRefused(broadcast(second), "sdk", 18, "already used timeout");
  }

  @Test
  void anotherSignerMayUseTheSameTimeout() {
    TestNet.Draft first = funderDraft();
    TestNet.Draft second =
        tenantDraft().with(d -> d.body.setTimeoutTimestamp(first.body.getTimeoutTimestamp()));

    assertThat(broadcast(first).getCode()).isZero();
    assertThat(broadcast(second).getCode()).isZero();
  }

  @Test
  void aTransactionThatExpiresWhileItWaitsFailsInItsBlock() {
    TestNet.Draft draft = funderDraft();
    TxResponse admitted = broadcast(draft);
    net.passes(Duration.ofSeconds(61));
    net.block();

    assertRefused(net.find(admitted.getTxhash()), "sdk", 42, "timeout timestamp");
    assertThat(net.balance(net.funder, "uakt")).isEqualTo(1_000_000_000);
  }

  @Test
  void anUnorderedTransactionLeavesTheSequenceAlone() {
    net.succeed(net.funder, send());

    assertThat(net.account(net.funder.address()).orElseThrow().getSequence()).isZero();
  }

  // Ordered transactions.

  @Test
  void countsTheSequenceOfOrderedTransactionsAndRefusesOthers() {
    TestNet.Draft first = ordered(0);
    TestNet.Draft ahead = ordered(2);

    assertThat(broadcast(first).getCode()).isZero();
    assertRefused(broadcast(ahead), "sdk", 32, "account sequence mismatch, expected 1, got 2");
    assertThat(broadcast(ordered(1)).getCode()).isZero();
    net.block();
    assertThat(net.account(net.funder.address()).orElseThrow().getSequence()).isEqualTo(2);
  }

  private TestNet.Draft ordered(long sequence) {
    return funderDraft()
        .with(
            d -> {
              d.body.clearUnordered().clearTimeoutTimestamp();
              d.sequence = sequence;
            });
  }

  // Gas and fees.

  @Test
  void refusesAFeeBelowTheMinimumGasPriceAtAdmission() {
    TestNet.Draft enough = funderDraft().with(d -> d.fee.setAmount(0, Coins.coin("uakt", 5000)));
    TestNet.Draft low = funderDraft().with(d -> d.fee.setAmount(0, Coins.coin("uakt", 4999)));

    assertThat(broadcast(enough).getCode()).isZero();
    assertRefused(broadcast(low), "sdk", 13, "insufficient fees; got: 4999uakt required: 5000uakt");
  }

  @Test
  void refusesATransactionWithoutGas() {
    TestNet.Draft draft = funderDraft().with(d -> d.fee.setGasLimit(0));

    assertRefused(broadcast(draft), "sdk", 41, "must provide positive gas");
  }

  @Test
  void refusesAtAdmissionWhatRunsOutOfGasBeforeItsMessages() {
    TestNet.Draft draft = funderDraft().with(d -> d.fee.setGasLimit(2000));

    assertRefused(broadcast(draft), "sdk", 11, "gasWanted: 2000");
  }

  @Test
  void runningOutOfGasInAMessageKeepsTheFeeAndUndoesTheRest() {
    long enough = gasUsed(tenantDraft());
    TestNet.Draft draft = tenantDraft().with(d -> d.fee.setGasLimit(enough - 3000));

    TxResponse response = net.run(draft);

    assertRefused(response, "sdk", 11, "out of gas in location: ");
    assertThat(response.getRawLog()).contains("gasWanted: " + (enough - 3000), "gasUsed: ");
    assertThat(response.getGasWanted()).isEqualTo(enough - 3000);
    assertThat(net.balance(net.funder, "uakt")).isEqualTo(1_000_000_000 - 5000);
    assertThatThrownBy(net::deployment).hasMessageContaining("Deployment not found");
  }

  @Test
  void aFailedMessageUndoesThoseBeforeItButKeepsFeeAndNonce() {
    TestNet.Draft draft = net.draft(net.tenant, net.create().build(), net.create().build());

    TxResponse response = net.run(draft);

    assertRefused(
        response,
        "deployment",
        3,
        "failed to execute message; message index: 1: Deployment exists");
    assertThatThrownBy(net::deployment).hasMessageContaining("Deployment not found");
    assertThat(net.balance(net.funder, "uakt")).isEqualTo(1_000_000_000 - 5000);
    assertRefused(broadcast(draft), "sdk", 18, "already used timeout");
  }

  @Test
  void aSignerWithoutCoinsNeedsAGranter() {
    TestNet.Draft draft = tenantDraft().with(d -> d.fee.clearGranter());

    assertRefused(broadcast(draft), "sdk", 5, "spendable balance 0uakt is smaller than 5000uakt");
  }

  @Test
  void aGranterWithoutCoinsCannotPay() {
    net.succeed(
        net.funder,
        MsgSend.newBuilder()
            .setFromAddress(net.funder.address())
            .setToAddress(net.provider.address())
            .addAmount(Coins.coin("uakt", 999_990_001))
            .build());

    assertRefused(broadcast(tenantDraft()), "sdk", 5, "is smaller than 5000uakt");
  }

  // Fee allowances.

  private MsgGrantAllowance allowance(String grantee, long uakt) {
    return allowance(grantee, BasicAllowance.newBuilder().addSpendLimit(Coins.coin("uakt", uakt)));
  }

  private MsgGrantAllowance allowance(String grantee, BasicAllowance.Builder allowance) {
    return MsgGrantAllowance.newBuilder()
        .setGranter(net.funder.address())
        .setGrantee(grantee)
        .setAllowance(Packed.any(allowance.build()))
        .build();
  }

  private MsgRevokeAllowance revoke() {
    return MsgRevokeAllowance.newBuilder()
        .setGranter(net.funder.address())
        .setGrantee(net.tenant.address())
        .build();
  }

  private long allowanceLeft() {
    var grant =
        QueryGrpc.newBlockingStub(net.channel)
            .allowance(
                QueryAllowanceRequest.newBuilder()
                    .setGranter(net.funder.address())
                    .setGrantee(net.tenant.address())
                    .build())
            .getAllowance();
    return Coins.amount(
            Packed.open(grant.getAllowance(), BasicAllowance.class).orElseThrow().getSpendLimit(0))
        .longValueExact();
  }

  @Test
  void takesTheFeeOutOfTheAllowanceAndTheGrantersBalance() {
    net.succeed(net.tenant, net.create().build());

    assertThat(allowanceLeft()).isEqualTo(10_000_000 - 5000);
    assertThat(net.balance(net.funder, "uakt")).isEqualTo(1_000_000_000 - 5000);
  }

  @Test
  void refusesAGranterWhoAllowsNothing() {
    net.succeed(net.funder, revoke());

    assertRefused(broadcast(tenantDraft()), "feegrant", 5, "does not allow to pay fees for");
  }

  @Test
  void refusesAFeeAboveTheAllowance() {
    net.succeed(net.funder, revoke(), allowance(net.tenant.address(), 4999));

    assertRefused(broadcast(tenantDraft()), "feegrant", 2, "fee limit exceeded");
  }

  @Test
  void refusesAnExpiredAllowance() {
    net.succeed(
        net.funder,
        revoke(),
        allowance(
            net.tenant.address(),
            BasicAllowance.newBuilder()
                .setExpiration(Times.timestamp(net.devnet.time().plusSeconds(20)))));
    TestNet.Draft draft = tenantDraft();
    TxResponse admitted = broadcast(draft);
    assertThat(admitted.getCode()).isZero();
    net.passes(Duration.ofSeconds(20));
    net.block();

    assertRefused(net.find(admitted.getTxhash()), "feegrant", 3, "fee allowance expired");
    assertRefused(broadcast(tenantDraft()), "feegrant", 5, "no allowance");
  }

  @Test
  void aSpentAllowanceDisappears() {
    net.succeed(net.funder, revoke(), allowance(net.tenant.address(), 5000));
    net.succeed(net.tenant, net.create().build());

    assertRefused(broadcast(tenantDraft()), "feegrant", 5, "no allowance");
  }

  @Test
  void refusesASecondAllowanceOfTheSamePair() {
    TxResponse response = net.run(net.funder, allowance(net.tenant.address(), 1));

    assertRefused(response, "sdk", 18, "fee allowance already exists");
  }

  @Test
  void anAllowanceMakesTheAccountOfItsGrantee() {
    String fresh = TestNet.key(20).address();
    assertThat(net.account(fresh)).isEmpty();

    net.succeed(net.funder, allowance(fresh, 1000));

    assertThat(net.account(fresh)).isPresent();
  }

  // Admission.

  @Test
  void refusesTheSameBytesTwiceWhileTheyWaitAndAfterTheySucceeded() {
    byte[] bytes = funderDraft().bytes();

    TxResponse first = net.broadcast(bytes);
    assertThat(first.getCode()).isZero();
    TxResponse again = net.broadcast(bytes);
    assertRefused(again, "sdk", 19, "tx already in mempool");
    assertThat(again.getTxhash()).isEqualTo(first.getTxhash());
    net.block();
    assertRefused(net.broadcast(bytes), "sdk", 19, "tx already in mempool");
  }

  @Test
  void isNotFoundUntilItIsInABlock() {
    TxResponse admitted = broadcast(funderDraft());

    assertThatThrownBy(() -> net.find(admitted.getTxhash()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    long height = net.block();
    assertThat(net.find(admitted.getTxhash()).getHeight()).isEqualTo(height);
  }

  @Test
  void admissionDoesNotRunTheMessages() {
    TestNet.Draft draft = net.draft(net.tenant, net.create().setHash(TestNet.hash(1)).build());
    net.succeed(net.tenant, net.create().build());

    assertThat(broadcast(draft).getCode()).isZero();
  }

  @Test
  void admissionSeesTheFeesOfThoseThatWait() {
    net.succeed(net.funder, revoke(), allowance(net.tenant.address(), 5000));

    assertThat(broadcast(tenantDraft()).getCode()).isZero();
    assertRefused(broadcast(tenantDraft()), "feegrant", 5, "no allowance");
  }

  // Simulation.

  private long gasUsed(TestNet.Draft draft) {
    return simulate(draft).getGasInfo().getGasUsed();
  }

  private SimulateResponse simulate(TestNet.Draft draft) {
    draft.simulated = true;
    draft.fee.clear();
    return net.tx()
        .simulate(
            SimulateRequest.newBuilder().setTxBytes(ByteString.copyFrom(draft.bytes())).build());
  }

  @Test
  void simulatesWithoutSignatureAndFeeAndChangesNothing() {
    SimulateResponse response = simulate(tenantDraft());

    assertThat(response.getGasInfo().getGasUsed()).isBetween(50_000L, 300_000L);
    assertThat(response.getResult().getMsgResponses(0).getTypeUrl())
        .isEqualTo("/akash.deployment.v1beta4.MsgCreateDeploymentResponse");
    net.block();
    assertThatThrownBy(net::deployment).hasMessageContaining("Deployment not found");
  }

  @Test
  void usesAboutTheGasThatItSimulated() {
    long simulated = gasUsed(tenantDraft());

    TxResponse response = net.succeed(net.tenant, net.create().build());

    assertThat(response.getGasUsed()).isBetween(simulated, simulated + simulated / 2);
  }

  @Test
  void aSimulatedFailureTellsTheLogAndTheGas() {
    TestNet.Draft draft =
        net.draft(
            net.tenant,
            net.create().setDeposit(TestNet.deposit("uact", 20_000_001, Source.grant)).build());

    assertThatThrownBy(() -> simulate(draft))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
              assertThat(e.getStatus().getDescription())
                  .startsWith("failed to execute message; message index: 0: deposit invalid")
                  .containsPattern("with gas used: '\\d+'$");
            });
  }

  @Test
  void simulationNeedsTheAccountToExist() {
    TestNet.Draft draft =
        net.draft(
            TestNet.key(11), send().toBuilder().setFromAddress(TestNet.key(11).address()).build());

    assertThatThrownBy(() -> simulate(draft)).hasMessageContaining("does not exist");
  }
}
