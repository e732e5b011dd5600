package io.berth.local.devnet.ante;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.modules.auth.AuthKeeper;
import io.berth.local.devnet.modules.auth.AuthParams;
import io.berth.local.devnet.modules.bank.BankKeeper;
import io.berth.local.devnet.modules.feegrant.FeegrantKeeper;
import io.berth.local.devnet.store.GasMeter;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.crypto.secp256k1.PubKey;
import io.berth.proto.cosmos.tx.signing.v1beta1.SignMode;
import io.berth.proto.cosmos.tx.v1beta1.Fee;
import io.berth.proto.cosmos.tx.v1beta1.SignDoc;
import io.berth.proto.cosmos.tx.v1beta1.SignerInfo;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The checks and effects before a transaction's messages, in the SDK's order: signatures' form,
 * timeouts, memo, size, fee, public key, signature, replay. What it writes stays even when the
 * messages fail.
 */
public final class AnteHandler {

  private static final int COMPRESSED_KEY = 33;
  // What the SDK charges a simulated transaction for the signature it does not have yet.
  private static final long SIMULATED_SIGNATURE_BYTES = 112;

  private final AuthKeeper auth;
  private final BankKeeper bank;
  private final FeegrantKeeper feegrant;
  private final Dec minimumGasPrice;
  private final VerifiedSignatures signatures = new VerifiedSignatures();

  /**
   * @param minimumGasPrice the node's own minimum in uakt per gas, for admission to its mempool
   */
  public AnteHandler(
      AuthKeeper auth, BankKeeper bank, FeegrantKeeper feegrant, Dec minimumGasPrice) {
    this.auth = auth;
    this.bank = bank;
    this.feegrant = feegrant;
    this.minimumGasPrice = minimumGasPrice;
  }

  /**
   * Runs all checks.
   *
   * @throws RefusedException with the first that fails
   */
  public void run(Context context, DecodedTx tx, Mode mode, GasMeter gas) {
    checkForm(tx, mode);
    checkTimeout(context, tx);
    checkMemo(tx);
    chargeSize(tx, mode, gas);
    takeFee(context, tx, mode);
    setPublicKeys(context, tx, mode);
    gas.consume(AuthParams.GAS_PER_SIGNATURE * tx.signers().size(), "ante verify: secp256k1");
    verifySignatures(context, tx, mode, gas);
    useSequences(context, tx);
  }

  private static void checkForm(DecodedTx tx, Mode mode) {
    if (tx.body().getExtensionOptionsCount() > 0) {
      throw SdkErrors.UNKNOWN_EXTENSION.refuse();
    }
    if (tx.fee().getGasLimit() == 0 && mode != Mode.SIMULATE) {
      throw SdkErrors.INVALID_GAS_LIMIT.because("must provide positive gas");
    }
    if (tx.fee().getGasLimit() < 0) {
      throw SdkErrors.INVALID_REQUEST.because("invalid gas supplied");
    }
    List<Coin> amount = tx.fee().getAmountList();
    if (!amount.stream().allMatch(Coins::isValid)) {
      throw SdkErrors.INSUFFICIENT_FEE.because("invalid fee provided: " + Coins.text(amount));
    }
    if (tx.signatures().isEmpty()) {
      throw SdkErrors.NO_SIGNATURES.refuse();
    }
    if (tx.signatures().size() > AuthParams.TX_SIG_LIMIT) {
      throw SdkErrors.INVALID_REQUEST.because("too many signatures");
    }
    int infos = tx.auth().getSignerInfosCount();
    if (tx.signatures().size() != tx.signers().size() || infos != tx.signers().size()) {
      throw SdkErrors.UNAUTHORIZED.because(
          "wrong number of signers; expected %d, got %d"
              .formatted(tx.signers().size(), tx.signatures().size()));
    }
  }

  private static void checkTimeout(Context context, DecodedTx tx) {
    long timeoutHeight = tx.body().getTimeoutHeight();
    if (timeoutHeight != 0 && Long.compareUnsigned(context.height(), timeoutHeight) > 0) {
      throw SdkErrors.TX_TIMEOUT_HEIGHT.because(
          "block height: %d, timeout height: %s"
              .formatted(context.height(), Long.toUnsignedString(timeoutHeight)));
    }
    timeout(tx)
        .filter(time -> time.isBefore(context.time()))
        .ifPresent(
            time -> {
              throw SdkErrors.TX_TIMEOUT.because(
                  "block time: %s, timeout timestamp: %s".formatted(context.time(), time));
            });
  }

  private static void checkMemo(DecodedTx tx) {
    int length = tx.body().getMemo().getBytes(StandardCharsets.UTF_8).length;
    if (length > AuthParams.MAX_MEMO_BYTES) {
      throw SdkErrors.MEMO_TOO_LARGE.because(
          "maximum number of characters is %d but received %d characters"
              .formatted(AuthParams.MAX_MEMO_BYTES, length));
    }
  }

  private static void chargeSize(DecodedTx tx, Mode mode, GasMeter gas) {
    gas.consume(AuthParams.GAS_PER_TX_BYTE * tx.size(), "txSize");
    if (mode == Mode.SIMULATE) {
      long missing = tx.signatures().stream().filter(ByteString::isEmpty).count();
      gas.consume(AuthParams.GAS_PER_TX_BYTE * SIMULATED_SIGNATURE_BYTES * missing, "txSize");
    }
  }

  private void takeFee(Context context, DecodedTx tx, Mode mode) {
    Fee fee = tx.fee();
    if (mode == Mode.CHECK) {
      checkGasPrice(fee);
    }
    String payer = tx.feePayer();
    String from = payer;
    if (!fee.getGranter().isEmpty() && !fee.getGranter().equals(payer)) {
      useAllowance(context, tx, payer);
      from = fee.getGranter();
    }
    if (auth.account(context, from).isEmpty()) {
      throw SdkErrors.UNKNOWN_ADDRESS.because(
          "fee payer address: %s does not exist".formatted(from));
    }
    List<Coin> amount =
        fee.getAmountList().stream().filter(coin -> Coins.amount(coin).signum() > 0).toList();
    if (!amount.isEmpty()) {
      pay(context, from, amount);
    }
    context.emit("tx", "fee", Coins.text(amount), "fee_payer", from);
  }

  private void checkGasPrice(Fee fee) {
    Dec exact = minimumGasPrice.times(fee.getGasLimit());
    BigInteger required = exact.truncate();
    if (exact.compareTo(Dec.of(required)) > 0) {
      required = required.add(BigInteger.ONE);
    }
    if (Coins.amountOf(fee.getAmountList(), Coins.UAKT).compareTo(required) < 0) {
      throw SdkErrors.INSUFFICIENT_FEE.because(
          "insufficient fees; got: %s required: %s"
              .formatted(
                  Coins.text(fee.getAmountList()), Coins.text(Coins.coin(Coins.UAKT, required))));
    }
  }

  private void useAllowance(Context context, DecodedTx tx, String payer) {
    String granter = tx.fee().getGranter();
    try {
      feegrant.use(context, granter, payer, tx.fee().getAmountList(), tx.messages());
    } catch (RefusedException e) {
      throw e.prefixed("%s does not allow to pay fees for %s".formatted(granter, payer));
    }
  }

  private void pay(Context context, String from, List<Coin> amount) {
    try {
      bank.send(context, from, Addresses.FEE_COLLECTOR, amount);
    } catch (RefusedException e) {
      throw SdkErrors.INSUFFICIENT_FUNDS.because(e.getMessage());
    }
  }

  private void setPublicKeys(Context context, DecodedTx tx, Mode mode) {
    for (int i = 0; i < tx.signers().size(); i++) {
      String signer = tx.signers().get(i);
      BaseAccount account = auth.requireAccount(context, signer);
      SignerInfo info = tx.auth().getSignerInfos(i);
      if (!info.hasPublicKey()) {
        continue;
      }
      PubKey key = publicKey(info.getPublicKey());
      boolean own =
          key.getKey().size() == COMPRESSED_KEY
              && signer.equals(io.berth.wallet.Addresses.ofPublicKey(key.getKey().toByteArray()));
      if (!own && mode != Mode.SIMULATE) {
        throw SdkErrors.INVALID_PUBKEY.because(
            "pubKey does not match signer address %s with signer index: %d".formatted(signer, i));
      }
      if (!account.hasPubKey()) {
        auth.save(context, account.toBuilder().setPubKey(info.getPublicKey()).build());
      }
    }
  }

  private static PubKey publicKey(Any any) {
    return Packed.open(any, PubKey.class)
        .orElseThrow(() -> SdkErrors.INVALID_PUBKEY.because("unsupported key " + any.getTypeUrl()));
  }

  private void verifySignatures(Context context, DecodedTx tx, Mode mode, GasMeter gas) {
    boolean unordered = tx.body().getUnordered();
    if (unordered) {
      gas.consume(AuthParams.GAS_FOR_UNORDERED, "unordered tx");
      useNonces(context, tx, mode);
    }
    for (int i = 0; i < tx.signers().size(); i++) {
      BaseAccount account = auth.requireAccount(context, tx.signers().get(i));
      SignerInfo info = tx.auth().getSignerInfos(i);
      checkSequence(info, account, unordered);
      if (mode != Mode.SIMULATE) {
        verify(context, tx, account, info, tx.signatures().get(i));
      }
    }
  }

  private void useNonces(Context context, DecodedTx tx, Mode mode) {
    Instant timeout =
        timeout(tx)
            .orElseThrow(
                () ->
                    SdkErrors.INVALID_REQUEST.because(
                        "unordered transaction must have timeout_timestamp set"));
    if (timeout.isAfter(context.time().plus(AuthParams.MAX_UNORDERED_TTL))) {
      throw SdkErrors.INVALID_REQUEST.because("unordered tx ttl exceeds 10m0s");
    }
    if (mode != Mode.SIMULATE) {
      tx.signers().forEach(signer -> auth.useNonce(context, signer, timeout));
    }
  }

  private static void checkSequence(SignerInfo info, BaseAccount account, boolean unordered) {
    if (unordered && info.getSequence() != 0) {
      throw SdkErrors.INVALID_REQUEST.because("sequence is not allowed for unordered transactions");
    }
    if (!unordered && info.getSequence() != account.getSequence()) {
      throw SdkErrors.WRONG_SEQUENCE.because(
          "account sequence mismatch, expected %s, got %s"
              .formatted(
                  Long.toUnsignedString(account.getSequence()),
                  Long.toUnsignedString(info.getSequence())));
    }
  }

  private void verify(
      Context context, DecodedTx tx, BaseAccount account, SignerInfo info, ByteString signature) {
    if (!account.hasPubKey()) {
      throw SdkErrors.INVALID_PUBKEY.because("pubkey on account is not set");
    }
    SignDoc doc =
        SignDoc.newBuilder()
            .setBodyBytes(tx.raw().getBodyBytes())
            .setAuthInfoBytes(tx.raw().getAuthInfoBytes())
            .setChainId(context.chainId())
            .setAccountNumber(account.getAccountNumber())
            .build();
    ByteString key = publicKey(account.getPubKey()).getKey();
    boolean direct = info.getModeInfo().getSingle().getMode() == SignMode.SIGN_MODE_DIRECT;
    if (!direct || !signatures.isValid(key, doc.toByteString(), signature)) {
      throw SdkErrors.UNAUTHORIZED.because(
          "signature verification failed; please verify account number (%s), sequence (%s) and chain-id (%s)"
              .formatted(
                  Long.toUnsignedString(account.getAccountNumber()),
                  Long.toUnsignedString(info.getSequence()),
                  context.chainId()));
    }
  }

  private void useSequences(Context context, DecodedTx tx) {
    if (tx.body().getUnordered()) {
      return;
    }
    for (String signer : tx.signers()) {
      BaseAccount account = auth.requireAccount(context, signer);
      auth.save(context, account.toBuilder().setSequence(account.getSequence() + 1).build());
    }
  }

  /** The zero time counts as absent. */
  private static Optional<Instant> timeout(DecodedTx tx) {
    return tx.body().hasTimeoutTimestamp()
        ? Optional.of(Times.instant(tx.body().getTimeoutTimestamp()))
            .filter(time -> time.getEpochSecond() != 0)
        : Optional.empty();
  }
}
