package io.berth.local.devnet.ante;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.GenericAuthorization;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.feegrant.v1beta1.AllowedMsgAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.PeriodicAllowance;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decodes transactions as strictly as the chain: the outermost message in its one canonical form
 * (ADR-027), and no unknown field anywhere (ADR-020). Every fault is sdk 2.
 */
public final class TxDecoder {

  // Fields with this bit in their number may be unknown inside a body (ADR-020).
  private static final int NON_CRITICAL = 1 << 10;

  // What may stand in an Any inside a message or a signer info.
  private static final Map<String, Message> PACKED =
      Stream.of(
              PubKey.getDefaultInstance(),
              DepositAuthorization.getDefaultInstance(),
              GenericAuthorization.getDefaultInstance(),
              BasicAllowance.getDefaultInstance(),
              PeriodicAllowance.getDefaultInstance(),
              AllowedMsgAllowance.getDefaultInstance())
          .collect(Collectors.toMap(Router::typeUrl, Function.identity()));

  private final Router router;

  public TxDecoder(Router router) {
    this.router = router;
  }

  /**
   * Decodes a transaction.
   *
   * @throws RefusedException sdk 2
   */
  public DecodedTx decode(byte[] bytes) {
    Adr027.check(bytes);
    TxRaw raw = parse(TxRaw.parser(), bytes);
    refuseUnknown(raw, false);
    TxBody body = parse(TxBody.parser(), raw.getBodyBytes().toByteArray());
    refuseUnknown(body, true);
    AuthInfo auth = parse(AuthInfo.parser(), raw.getAuthInfoBytes().toByteArray());
    refuseUnknown(auth, false);
    List<Message> messages = new ArrayList<>();
    for (Any any : body.getMessagesList()) {
      messages.add(open(any));
    }
    return new DecodedTx(
        hash(bytes), bytes.length, raw, body, auth, List.copyOf(messages), signers(messages, auth));
  }

  /** The name of a transaction: upper-case hex SHA-256 of its bytes. */
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private List<String> signers(List<Message> messages, AuthInfo auth) {
    Set<String> signers = new LinkedHashSet<>();
    messages.forEach(message -> signers.add(router.of(message).signer(message)));
    if (!auth.getFee().getPayer().isEmpty()) {
      signers.add(auth.getFee().getPayer());
    }
    for (String signer : signers) {
      if (!Addresses.isValid(signer)) {
        throw refused("decoding bech32 failed: invalid signer \"%s\"".formatted(signer));
      }
    }
    return List.copyOf(signers);
  }

  private Message open(Any any) {
    Message prototype =
        router
            .find(any.getTypeUrl())
            .<Message>map(Router.Route::prototype)
            .orElseGet(() -> PACKED.get(any.getTypeUrl()));
    if (prototype == null) {
      throw refused("unable to resolve type URL " + any.getTypeUrl());
    }
    return parse(prototype.getParserForType(), any.getValue().toByteArray());
  }

  private void refuseUnknown(Message message, boolean nonCriticalAllowed) {
    for (int number : message.getUnknownFields().asMap().keySet()) {
      if (!nonCriticalAllowed || (number & NON_CRITICAL) == 0) {
        throw refused(
            "errUnknownField \"%s\": {TagNum: %d}".formatted(Router.typeUrl(message), number));
      }
    }
    if (message instanceof Any any) {
      refuseUnknown(open(any), nonCriticalAllowed);
      return;
    }
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
                values.forEach(one -> refuseUnknown((Message) one, nonCriticalAllowed));
              }
            });
  }

  private static <M> M parse(Parser<M> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw refused(e.getMessage());
    }
  }

  static RefusedException refused(String why) {
    return SdkErrors.TX_DECODE.because(why);
  }
}
