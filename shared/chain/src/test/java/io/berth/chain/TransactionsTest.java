package io.berth.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionRequest;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private static final String OWNER = "akash1quxz9kcvqjqmwfugk5sfwmudfejxswdzjzzqjy";
  private static final Bytes KEY =
      Bytes.ofHex("0216cece6a641cd0f1c08c7e9edc4f66d667187375119d29c4b8171500d5f332e6");
  private static final Fee FEE =
      new Fee(
          List.of(Coin.uakt(5_000)),
          200_000,
          Optional.of("akash1qufa3xzrf34qvwyejkhvnc4psf49fftaw0asmh"));
  private static final Replay UNORDERED = new Replay.ByTimeout();
  private static final TransactionRequest REQUEST =
      new TransactionRequest(
          OWNER,
          KEY,
          List.of(new ChainMessage.CloseDeployment(new DeploymentId(OWNER, 42))),
          "berth",
          Instant.parse("2026-11-23T10:00:00.000000001Z"),
          new Replay.ByTimeout(),
          FEE.granter(),
          0);
  private static final UnsignedTransaction TRANSACTION =
      Transactions.unsigned(REQUEST, FEE, "akashnet-2", 7);

  @Test
  void readsBackWhatItWrites() {
    assertThat(Transactions.decode(TRANSACTION))
        .isEqualTo(
            new DecodedTransaction.Known(
                REQUEST.messages(), REQUEST.memo(), REQUEST.timeout(), REQUEST.replay(), KEY, FEE));
  }

  @Test
  void refusesAMessageAmongOthersThatBerthDoesNotMake() throws Exception {
    assertThatRefused(
        body().addMessages(Messages.pack(MsgSend.newBuilder().setFromAddress(OWNER).build())));
  }

  @Test
  void readsBackAnOrderedTransaction() {
    TransactionRequest ordered = REQUEST.with(new Replay.BySequence(8));

    UnsignedTransaction transaction = Transactions.unsigned(ordered, FEE, "akashnet-2", 7);

    assertThat(transaction.replay()).isEqualTo(new Replay.BySequence(8));
    assertThat(Transactions.decode(transaction))
        .isInstanceOfSatisfying(
            DecodedTransaction.Known.class,
            known -> assertThat(known.replay()).isEqualTo(new Replay.BySequence(8)));
  }

  @Test
  void refusesBytesWithAnotherReplayKeyThanTheRecordedOne() throws Exception {
    assertThatRefused(body().clearUnordered());
    assertThatRefused(body().clearTimeoutTimestamp());
    assertThatRefused(authInfo(0, SignMode.SIGN_MODE_LEGACY_AMINO_JSON));
    assertThatRefused(authInfo(1, SignMode.SIGN_MODE_DIRECT));
  }

  @Test
  void refusesWhatItWouldNotHaveWritten() throws Exception {
    assertThatRefused(body().setTimeoutHeight(9));
    assertThatRefused(body().addExtensionOptions(Messages.encode(REQUEST.messages().get(0))));
    assertThatRefused(
        body()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build()));
  }

  @Test
  void refusesMoreThanOneSignerOrAnotherPayer() throws Exception {
    AuthInfo authInfo = AuthInfo.parseFrom(TRANSACTION.authInfo().toArray());
    assertThatRefused(authInfo.toBuilder().addSignerInfos(authInfo.getSignerInfos(0)).build());
    assertThatRefused(authInfo.toBuilder().clearSignerInfos().build());
    assertThatRefused(
        authInfo.toBuilder().setFee(authInfo.getFee().toBuilder().setPayer(OWNER)).build());
  }

  @Test
  void refusesAGasLimitThatNoNodeTakes() throws Exception {
    AuthInfo authInfo = AuthInfo.parseFrom(TRANSACTION.authInfo().toArray());
    assertThatRefused(
        authInfo.toBuilder().setFee(authInfo.getFee().toBuilder().setGasLimit(-1)).build());
  }

  @Test
  void refusesBytesThatAreNoTransaction() {
    Bytes noise = Bytes.ofHex("ff00ff");
    assertThatRefused(
        new UnsignedTransaction(noise, TRANSACTION.authInfo(), "akashnet-2", 7, UNORDERED));
    assertThatRefused(
        new UnsignedTransaction(TRANSACTION.body(), noise, "akashnet-2", 7, UNORDERED));
    Bytes nothing = Bytes.of(new byte[0]);
    assertThatRefused(new UnsignedTransaction(nothing, nothing, "akashnet-2", 7, UNORDERED));
  }

  @Test
  void takesOnlyWholeSignatures() {
    assertThatThrownBy(() -> Transactions.signed(TRANSACTION, Bytes.of(new byte[65])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void simulatesTheVeryBodyWithoutFeeAndSignature() throws Exception {
    TxRaw simulation = TxRaw.parseFrom(Transactions.simulation(REQUEST));
    assertThat(simulation.getBodyBytes().toByteArray()).isEqualTo(TRANSACTION.body().toArray());
    assertThat(simulation.getSignaturesList()).containsExactly(ByteString.EMPTY);
    AuthInfo authInfo = AuthInfo.parseFrom(simulation.getAuthInfoBytes());
    assertThat(authInfo.getFee())
        .isEqualTo(io.berth.proto.cosmos.tx.v1beta1.Fee.getDefaultInstance());
    assertThat(authInfo.getSignerInfos(0).getModeInfo().getSingle().getMode())
        .isEqualTo(SignMode.SIGN_MODE_UNSPECIFIED);
    assertThat(authInfo.getSignerInfos(0).hasPublicKey()).isTrue();
  }

  private static TxBody.Builder body() throws Exception {
    return TxBody.parseFrom(TRANSACTION.body().toArray()).toBuilder();
  }

  private static AuthInfo authInfo(long sequence, SignMode mode) {
    return Transactions.authInfo(KEY, sequence, mode, FEE);
  }

  private static void assertThatRefused(TxBody.Builder body) {
    assertThatRefused(
        new UnsignedTransaction(
            Bytes.of(body.build().toByteArray()),
            TRANSACTION.authInfo(),
            "akashnet-2",
            7,
            UNORDERED));
  }

  private static void assertThatRefused(AuthInfo authInfo) {
    assertThatRefused(
        new UnsignedTransaction(
            TRANSACTION.body(), Bytes.of(authInfo.toByteArray()), "akashnet-2", 7, UNORDERED));
  }

  private static void assertThatRefused(UnsignedTransaction transaction) {
    assertThat(Transactions.decode(transaction)).isInstanceOf(DecodedTransaction.Refused.class);
  }
}
