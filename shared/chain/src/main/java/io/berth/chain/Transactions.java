package io.berth.chain;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionRequest;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.ModeInfo;
import io.berth.proto.cosmos.tx.v1beta1.SignDoc;
import io.berth.proto.cosmos.tx.v1beta1.SignerInfo;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of transactions: what is signed (SIGN_MODE_DIRECT) and what is broadcast. Unordered
 * transactions (ADR-070) have sequence 0, and the time-out is their replay key.
 */
public final class Transactions {
  private static final int SIGNATURE_SIZE = 64;

  private Transactions() {}

  /** The bytes of a transaction that only lacks its signature; the request's sequence is final. */
  public static UnsignedTransaction unsigned(
      TransactionRequest request, Fee fee, String chainId, long accountNumber) {
    return new UnsignedTransaction(
        Bytes.of(body(request).toByteArray()),
        Bytes.of(
            authInfo(
                    request.publicKey(), sequence(request.replay()), SignMode.SIGN_MODE_DIRECT, fee)
                .toByteArray()),
        chainId,
        accountNumber,
        request.replay());
  }

  /** The bytes to sign: encoded {@code SignDoc}. The signature is over their SHA-256. */
  public static Bytes signDoc(UnsignedTransaction transaction) {
    return Bytes.of(
        SignDoc.newBuilder()
            .setBodyBytes(Messages.bytes(transaction.body()))
            .setAuthInfoBytes(Messages.bytes(transaction.authInfo()))
            .setChainId(transaction.chainId())
            .setAccountNumber(transaction.accountNumber())
            .build()
            .toByteArray());
  }

  /**
   * The bytes to broadcast: encoded {@code TxRaw}.
   *
   * @param signature {@code R || S}, 64 bytes
   * @throws IllegalArgumentException if the signature has another size
   */
  public static Bytes signed(UnsignedTransaction transaction, Bytes signature) {
    if (signature.size() != SIGNATURE_SIZE) {
      throw new IllegalArgumentException("signature of " + signature.size() + " bytes");
    }
    return Bytes.of(
        TxRaw.newBuilder()
            .setBodyBytes(Messages.bytes(transaction.body()))
            .setAuthInfoBytes(Messages.bytes(transaction.authInfo()))
            .addSignatures(Messages.bytes(signature))
            .build()
            .toByteArray());
  }

  /** The transaction's name in blocks: upper-case hexadecimal SHA-256 of the signed bytes. */
  public static String hash(Bytes signed) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(signed.toArray());
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads what a signature would be made over. Strict: bytes that encoding again would not
   * reproduce are refused, so that a policy applied to the result holds for the bytes.
   */
  public static DecodedTransaction decode(UnsignedTransaction transaction) {
    try {
      TxBody body = TxBody.parseFrom(transaction.body().toArray());
      AuthInfo authInfo = AuthInfo.parseFrom(transaction.authInfo().toArray());
      List<ChainMessage> messages = new ArrayList<>();
      for (Any encoded : body.getMessagesList()) {
        switch (Messages.decode(encoded)) {
          case DecodedMessage.Known known -> messages.add(known.message());
          case DecodedMessage.Refused refused -> {
            return new DecodedTransaction.Refused(refused.reason());
          }
        }
      }
      return checked(transaction, read(messages, body, authInfo));
    } catch (InvalidProtocolBufferException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException malformed) {
      return new DecodedTransaction.Refused("malformed transaction: " + malformed.getMessage());
    }
  }

  /** What is simulated: the very body, an empty fee and an empty signature. */
  static ByteString simulation(TransactionRequest request) {
    return TxRaw.newBuilder()
        .setBodyBytes(body(request).toByteString())
        .setAuthInfoBytes(
            authInfo(
                    request.publicKey(),
                    sequence(request.replay()),
                    SignMode.SIGN_MODE_UNSPECIFIED,
                    Fee.NONE)
                .toByteString())
        .addSignatures(ByteString.EMPTY)
        .build()
        .toByteString();
  }

  static AuthInfo authInfo(Bytes publicKey, long sequence, SignMode mode, Fee fee) {
    SignerInfo signer =
        SignerInfo.newBuilder()
            .setPublicKey(
                Messages.pack(PubKey.newBuilder().setKey(Messages.bytes(publicKey)).build()))
            .setModeInfo(
                ModeInfo.newBuilder().setSingle(ModeInfo.Single.newBuilder().setMode(mode)))
            .setSequence(sequence)
            .build();
    return AuthInfo.newBuilder().addSignerInfos(signer).setFee(encode(fee)).build();
  }

  private static TxBody body(TransactionRequest request) {
    return body(request.messages(), request.memo(), request.timeout(), request.replay());
  }

  private static TxBody body(
      List<ChainMessage> messages, String memo, Instant timeout, Replay replay) {
    return TxBody.newBuilder()
        .addAllMessages(messages.stream().map(Messages::encode).toList())
        .setMemo(memo)
        .setUnordered(replay instanceof Replay.ByTimeout)
        .setTimeoutTimestamp(Messages.encode(timeout))
        .build();
  }

  /** Unordered transactions must have none. */
  private static long sequence(Replay replay) {
    return switch (replay) {
      case Replay.ByTimeout unordered -> 0;
      case Replay.BySequence(long sequence) -> sequence;
    };
  }

  private static io.berth.proto.cosmos.tx.v1beta1.Fee encode(Fee fee) {
    return io.berth.proto.cosmos.tx.v1beta1.Fee.newBuilder()
        .addAllAmount(fee.amount().stream().map(Coins::encode).toList())
        .setGasLimit(fee.gasLimit())
        .setGranter(fee.granter().orElse(""))
        .build();
  }

  private static DecodedTransaction.Known read(
      List<ChainMessage> messages, TxBody body, AuthInfo authInfo)
      throws InvalidProtocolBufferException {
    if (authInfo.getSignerInfosCount() != 1) {
      throw new IllegalArgumentException(authInfo.getSignerInfosCount() + " signers");
    }
    SignerInfo signer = authInfo.getSignerInfos(0);
    PubKey key = PubKey.parseFrom(signer.getPublicKey().getValue());
    return new DecodedTransaction.Known(
        messages,
        body.getMemo(),
        Messages.decode(body.getTimeoutTimestamp()),
        body.getUnordered() ? new Replay.ByTimeout() : new Replay.BySequence(signer.getSequence()),
        Messages.bytes(key.getKey()),
        new Fee(
            authInfo.getFee().getAmountList().stream().map(Coins::decode).toList(),
            authInfo.getFee().getGasLimit(),
            Optional.of(authInfo.getFee().getGranter()).filter(granter -> !granter.isEmpty())));
  }

  private static DecodedTransaction checked(
      UnsignedTransaction transaction, DecodedTransaction.Known known) {
    byte[] body =
        body(known.messages(), known.memo(), known.timeout(), known.replay()).toByteArray();
    byte[] authInfo =
        authInfo(
                known.publicKey(), sequence(known.replay()), SignMode.SIGN_MODE_DIRECT, known.fee())
            .toByteArray();
    boolean same =
        transaction.body().equals(Bytes.of(body))
            && transaction.authInfo().equals(Bytes.of(authInfo))
            && transaction.replay().equals(known.replay());
    return same
        ? known
        : new DecodedTransaction.Refused("not a transaction of the form Berth writes");
  }
}
