package io.berth.local.devnet.modules;

import io.berth.domain.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Addresses of users and of the chain's own modules. */
public final class Addresses {

  private static final int SIZE = 20;

  /** Where escrow keeps what was deposited. */
  public static final String ESCROW = module("escrow");

  /** Where fees go. */
  public static final String FEE_COLLECTOR = module("fee_collector");

  /**
   * Refuses text that is no account address.
   *
   * @throws RefusedException sdk 7
   */
  public static void require(String address, String what) {
    if (!isValid(address)) {
      throw SdkErrors.INVALID_ADDRESS.because(
          "%s: decoding bech32 failed: %s".formatted(what, address));
    }
  }

  /** Whether text is an account address of Akash. */
  public static boolean isValid(String address) {
    return io.berth.wallet.Addresses.isAkash(address);
  }

  /** The address of a module's own account: the first bytes of its name's SHA-256 (ADR-028). */
  private static String module(String name) {
    byte[] hash = sha256(name.getBytes(StandardCharsets.UTF_8));
    return io.berth.wallet.Addresses.of(Bytes.of(Arrays.copyOf(hash, SIZE)));
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Addresses() {}
}
