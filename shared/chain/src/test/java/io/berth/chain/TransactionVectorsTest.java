package io.berth.chain;

import static io.berth.chain.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.berth.domain.Bytes;
import io.berth.domain.akash.Coin;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.wallet.WalletKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Byte for byte what the official SDKs produce. */
class TransactionVectorsTest {

  static Stream<String> all() {
    return Vectors.transactions().map(vector -> text(vector, "id"));
  }

  static Stream<String> unordered() {
    return Vectors.transactions()
        .filter(vector -> vector.get("unordered").asBoolean())
        .map(vector -> text(vector, "id"));
  }

  @Test
  void thereAreVectors() {
    assertThat(all()).hasSizeGreaterThan(30);
    assertThat(unordered()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("all")
  void encodesEveryMessage(String id) {
    for (JsonNode message : Vectors.transaction(id).get("messages")) {
      Any encoded = Vectors.message(message);
      assertThat(hex(encoded.getValue().toByteArray())).isEqualTo(text(message, "value_hex"));
      assertThat(hex(encoded.toByteArray())).isEqualTo(text(message, "any_hex"));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void buildsSignsAndNamesEveryTransaction(String id) {
    JsonNode vector = Vectors.transaction(id);
    UnsignedTransaction transaction =
        new UnsignedTransaction(
            Bytes.of(body(vector)),
            Bytes.of(authInfo(vector)),
            text(vector, "chain_id"),
            Long.parseLong(text(vector, "account_number")),
            vector.get("unordered").asBoolean()
                ? new Replay.ByTimeout()
                : new Replay.BySequence(Long.parseLong(text(vector, "sequence"))));
    assertThat(transaction.body().hex()).isEqualTo(text(vector, "tx_body_hex"));
    assertThat(transaction.authInfo().hex()).isEqualTo(text(vector, "auth_info_hex"));

    Bytes signDoc = Transactions.signDoc(transaction);
    assertThat(signDoc.hex()).isEqualTo(text(vector, "sign_doc_hex"));

    Bytes signature = sign(vector, signDoc);
    assertThat(signature.hex()).isEqualTo(text(vector, "signature_hex"));

    Bytes signed = Transactions.signed(transaction, signature);
    assertThat(signed.base64()).isEqualTo(text(vector, "tx_raw_base64"));
    assertThat(Transactions.hash(signed)).isEqualTo(text(vector, "tx_hash"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatItUnderstandsItWritesAgainAsItWas(String id) {
    for (JsonNode message : Vectors.transaction(id).get("messages")) {
      Any encoded = Vectors.message(message);
      if (Messages.decode(encoded) instanceof DecodedMessage.Known known) {
        assertThat(known.message().typeUrl()).isEqualTo(encoded.getTypeUrl());
        assertThat(hex(Messages.encode(known.message()).toByteArray()))
            .isEqualTo(text(message, "any_hex"));
      }
    }
  }

  @Test
  void understandsEveryKindOfMessageThatBerthMakes() {
    Set<String> understood = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    Vectors.transactions()
        .flatMap(vector -> vector.get("messages").valueStream())
        .map(Vectors::message)
        .forEach(
            encoded -> {
              boolean known = Messages.decode(encoded) instanceof DecodedMessage.Known;
              (known ? understood : refused).add(encoded.getTypeUrl());
            });
    assertThat(understood)
        .containsExactly(
            "/akash.cert.v1.MsgCreateCertificate",
            "/akash.cert.v1.MsgRevokeCertificate",
            "/akash.deployment.v1beta4.MsgCloseDeployment",
            "/akash.deployment.v1beta4.MsgCreateDeployment",
            "/akash.deployment.v1beta4.MsgUpdateDeployment",
            "/akash.market.v1beta5.MsgCloseLease",
            "/akash.market.v1beta5.MsgCreateLease",
            "/cosmos.authz.v1beta1.MsgGrant",
            "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
            "/cosmos.feegrant.v1beta1.MsgRevokeAllowance");
    // The vectors' deposits all draw on the signer's balance as well, which Berth never does.
    assertThat(refused)
        .contains(
            "/akash.escrow.v1.MsgAccountDeposit",
            "/cosmos.bank.v1beta1.MsgSend",
            "/cosmos.authz.v1beta1.MsgExec",
            "/akash.bme.v1.MsgMintACT");
  }

  @ParameterizedTest
  @MethodSource("unordered")
  void readsAnUnorderedTransactionWhole(String id) {
    JsonNode vector = Vectors.transaction(id);
    UnsignedTransaction transaction =
        new UnsignedTransaction(
            Bytes.ofHex(text(vector, "tx_body_hex")),
            Bytes.ofHex(text(vector, "auth_info_hex")),
            text(vector, "chain_id"),
            Long.parseLong(text(vector, "account_number")),
            new Replay.ByTimeout());
    assertThat(Transactions.decode(transaction))
        .isInstanceOfSatisfying(
            DecodedTransaction.Known.class,
            known -> {
              assertThat(known.memo()).isEqualTo(text(vector, "memo"));
              assertThat(known.timeout())
                  .isEqualTo(Instant.parse(text(vector, "timeout_timestamp")));
              assertThat(known.publicKey().hex())
                  .isEqualTo(text(vector.get("signer"), "pubkey_hex"));
              assertThat(known.fee()).isEqualTo(fee(vector));
              assertThat(known.messages())
                  .hasSameSizeAs(vector.get("messages"))
                  .allSatisfy(
                      message ->
                          assertThat(message.actor())
                              .isEqualTo(text(vector.get("signer"), "address")));
            });
  }

  private static byte[] body(JsonNode vector) {
    TxBody.Builder body =
        TxBody.newBuilder()
            .addAllMessages(vector.get("messages").valueStream().map(Vectors::message).toList())
            .setMemo(text(vector, "memo"))
            .setTimeoutHeight(Long.parseLong(text(vector, "timeout_height")))
            .setUnordered(vector.get("unordered").asBoolean());
    if (!vector.get("timeout_timestamp").isNull()) {
      body.setTimeoutTimestamp(Messages.encode(Instant.parse(text(vector, "timeout_timestamp"))));
    }
    return body.build().toByteArray();
  }

  private static byte[] authInfo(JsonNode vector) {
    return Transactions.authInfo(
            Bytes.ofHex(text(vector.get("signer"), "pubkey_hex")),
            Long.parseLong(text(vector, "sequence")),
            SignMode.valueOf(text(vector, "sign_mode")),
            fee(vector))
        .toByteArray();
  }

  private static Fee fee(JsonNode vector) {
    JsonNode fee = vector.get("fee");
    List<Coin> amount =
        fee.get("amount")
            .valueStream()
            .map(coin -> new Coin(text(coin, "denom"), new BigInteger(text(coin, "amount"))))
            .toList();
    return new Fee(
        amount,
        Long.parseLong(text(fee, "gas_limit")),
        Optional.of(text(fee, "granter")).filter(granter -> !granter.isEmpty()));
  }

  private static Bytes sign(JsonNode vector, Bytes signDoc) {
    byte[] secret = HexFormat.of().parseHex(text(vector.get("signer"), "private_key_hex"));
    try (WalletKey key = WalletKey.of(secret)) {
      assertThat(key.address()).isEqualTo(text(vector.get("signer"), "address"));
      return Bytes.of(key.sign(signDoc.toArray()));
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
