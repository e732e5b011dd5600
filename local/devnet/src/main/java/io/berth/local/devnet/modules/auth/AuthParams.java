package io.berth.local.devnet.modules.auth;

import java.time.Duration;

/** The parameters of accounts and of the checks before a transaction. */
public final class AuthParams {

  /** The longest memo. */
  public static final int MAX_MEMO_BYTES = 256;

  /** The most signatures of one transaction. */
  public static final int TX_SIG_LIMIT = 7;

  /** Gas for each byte of a transaction. */
  public static final long GAS_PER_TX_BYTE = 10;

  /** Gas for each secp256k1 signature. */
  public static final long GAS_PER_SIGNATURE = 1000;

  /** Further gas of an unordered transaction. */
  public static final long GAS_FOR_UNORDERED = 2240;

  /** How far after the block time an unordered transaction's timeout may be. */
  public static final Duration MAX_UNORDERED_TTL = Duration.ofMinutes(10);

  private AuthParams() {}
}
