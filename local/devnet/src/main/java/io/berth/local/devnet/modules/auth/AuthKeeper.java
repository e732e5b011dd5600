package io.berth.local.devnet.modules.auth;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt64Value;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** Keeps the accounts and the nonces that were used. */
public final class AuthKeeper {

  private static final String ACCOUNTS = "auth/account/";
  private static final String NEXT_NUMBER = "auth/next-number";
  private static final String NONCES = "auth/nonce/";
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /** The account of an address. */
  public Optional<BaseAccount> account(Reader state, String address) {
    return state.get(ACCOUNTS + address, BaseAccount.class);
  }

  /** The account, or the SDK's refusal of an address that has none. */
  public BaseAccount requireAccount(Reader state, String address) {
    return account(state, address)
        .orElseThrow(
            () ->
                SdkErrors.UNKNOWN_ADDRESS.because("account %s does not exist".formatted(address)));
  }

  /** Makes the account with the next number when there is none. */
  public void createIfMissing(Context context, String address) {
    if (context.has(ACCOUNTS + address)) {
      return;
    }
    long number = context.get(NEXT_NUMBER, UInt64Value.class).map(UInt64Value::getValue).orElse(0L);
    context.set(NEXT_NUMBER, UInt64Value.of(number + 1));
    save(context, BaseAccount.newBuilder().setAddress(address).setAccountNumber(number).build());
  }

  /** Replaces an account. */
  public void save(Context context, BaseAccount account) {
    context.set(ACCOUNTS + account.getAddress(), account);
  }

  /**
   * Uses up (timeout, address), the replay key of unordered transactions.
   *
   * @throws io.berth.local.devnet.modules.RefusedException sdk 18 when it was used before
   */
  public void useNonce(Context context, String address, Instant timeout) {
    String key = NONCES + order(timeout) + "/" + address;
    if (context.has(key)) {
      throw SdkErrors.INVALID_REQUEST.because(
          "failed to add unordered nonce: already used timeout %s for address %s"
              .formatted(unixNanos(timeout), address));
    }
    context.set(
        key,
        Timestamp.newBuilder()
            .setSeconds(timeout.getEpochSecond())
            .setNanos(timeout.getNano())
            .build());
  }

  /** Forgets the nonces whose timeout is before the block: they are refused for their age now. */
  public void forgetExpiredNonces(Context context) {
    String now = NONCES + order(context.time());
    context.scan(NONCES).headMap(now, false).keySet().forEach(context::delete);
  }

  private static BigInteger unixNanos(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond())
        .multiply(NANOS)
        .add(BigInteger.valueOf(time.getNano()));
  }

  private static String order(Instant time) {
    return "%030d".formatted(unixNanos(time));
  }
}
