package io.berth.local.providers.chain;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.berth.domain.akash.Block;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.Fee;
import io.berth.proto.cosmos.tx.v1beta1.ModeInfo;
import io.berth.proto.cosmos.tx.v1beta1.SignDoc;
import io.berth.proto.cosmos.tx.v1beta1.SignerInfo;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import io.berth.wallet.WalletKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a provider's messages, one unordered transaction each, and follows them until they are in a
 * block or cannot come into one any more. The fee is paid in uakt from the provider's balance.
 */
public final class Outbox {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  /** How long the chain may take a transaction; it allows 10 minutes at most. */
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  /** Ample for every message that providers send. */
  private static final long GAS = 400_000;

  /** GAS at the usual 0.025 uakt. */
  private static final String FEE = "10000";

  private final Node node;
  private final WalletKey key;
  private final Map<Message, Sent> sent = new HashMap<>();
  private Instant lastTimeout = Instant.EPOCH;

  private record Sent(String hash, Instant timeout) {}

  public Outbox(Node node, WalletKey key) {
    this.node = node;
    this.key = key;
  }

  /** The messages whose fate is not known. */
  public Set<Message> underWay() {
    return Set.copyOf(sent.keySet());
  }

  /** Whether this message was sent and its fate is not known. */
  public boolean isUnderWay(Message message) {
    return sent.containsKey(message);
  }

  /**
   * Sends a message, unless the same one is under way.
   *
   * @return the node's refusal, if it refused at once
   */
  public Optional<String> send(Message message, Block now) {
    if (sent.containsKey(message)) {
      return Optional.empty();
    }
    Instant timeout = uniqueTimeout(now);
    ByteString transaction = sign(message, timeout, now.chainId());
    TxResponse verdict = node.broadcast(transaction);
    if (verdict.getCode() != 0) {
      LOG.log(Level.WARNING, "{0} refused: {1}", message.getClass().getSimpleName(), text(verdict));
      return Optional.of(text(verdict));
    }
    sent.put(message, new Sent(hash(transaction), timeout));
    return Optional.empty();
  }

  /** Learns what became of the messages under way. Returns those that the chain did not accept. */
  public Map<Message, String> onBlock(Block block) {
    Map<Message, String> failed = new HashMap<>();
    for (Map.Entry<Message, Sent> each : Map.copyOf(sent).entrySet()) {
      Optional<TxResponse> result = node.transaction(each.getValue().hash());
      boolean dead = result.isEmpty() && each.getValue().timeout().isBefore(block.time());
      if (result.isPresent() || dead) {
        sent.remove(each.getKey());
      }
      result
          .filter(response -> response.getCode() != 0)
          .ifPresent(
              response -> {
                String name = each.getKey().getClass().getSimpleName();
                LOG.log(Level.WARNING, "{0} failed: {1}", name, text(response));
                failed.put(each.getKey(), text(response));
              });
    }
    return failed;
  }

  /** The replay key of unordered transactions is signer and timeout, so no two may be alike. */
  private Instant uniqueTimeout(Block now) {
    Instant timeout = now.time().plus(LIFETIME);
    lastTimeout = timeout.isAfter(lastTimeout) ? timeout : lastTimeout.plusNanos(1);
    return lastTimeout;
  }

  private ByteString sign(Message message, Instant timeout, String chainId) {
    ByteString body =
        TxBody.newBuilder()
            .addMessages(Any.pack(message, ""))
            .setUnordered(true)
            .setTimeoutTimestamp(
                Timestamp.newBuilder()
                    .setSeconds(timeout.getEpochSecond())
                    .setNanos(timeout.getNano()))
            .build()
            .toByteString();
    ByteString authInfo = authInfo().toByteString();
    SignDoc document =
        SignDoc.newBuilder()
            .setBodyBytes(body)
            .setAuthInfoBytes(authInfo)
            .setChainId(chainId)
            .setAccountNumber(accountNumber())
            .build();
    return TxRaw.newBuilder()
        .setBodyBytes(body)
        .setAuthInfoBytes(authInfo)
        .addSignatures(ByteString.copyFrom(key.sign(document.toByteArray())))
        .build()
        .toByteString();
  }

  private AuthInfo authInfo() {
    PubKey publicKey =
        PubKey.newBuilder().setKey(ByteString.copyFrom(key.publicKey().toArray())).build();
    return AuthInfo.newBuilder()
        .addSignerInfos(
            SignerInfo.newBuilder()
                .setPublicKey(Any.pack(publicKey, ""))
                .setModeInfo(
                    ModeInfo.newBuilder()
                        .setSingle(
                            ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_DIRECT))))
        .setFee(
            Fee.newBuilder()
                .setGasLimit(GAS)
                .addAmount(Coin.newBuilder().setDenom("uakt").setAmount(FEE)))
        .build();
  }

  private long accountNumber() {
    return node.account(key.address())
        .orElseThrow(() -> new IllegalStateException("the chain has no account " + key.address()))
        .getAccountNumber();
  }

  private static String hash(ByteString transaction) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(transaction.toByteArray());
      return HexFormat.of().withUpperCase().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(TxResponse response) {
    return "%s %d: %s".formatted(response.getCodespace(), response.getCode(), response.getRawLog());
  }
}
