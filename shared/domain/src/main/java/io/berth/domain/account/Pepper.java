package io.berth.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a deployment that digests of API keys are made with, kept apart from their table.
 * It lives as long as its function, so it is never cleared; but nothing prints or compares it.
 */
public final class Pepper {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  private Pepper(byte[] secret) {
    this.secret = secret;
  }

  /**
   * A pepper of these bytes. The array stays the caller's to clear.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Pepper of(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("the pepper is empty");
    }
    return new Pepper(secret.clone());
  }

  /** HMAC-SHA-256 of an ASCII text, in lower-case hexadecimal. */
  String digest(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Pepper[hidden]";
  }
}
