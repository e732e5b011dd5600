package io.berth.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code ac.sk.ENV.SECRET}, where SECRET is 32 random bytes in lower-case
 * hexadecimal followed by 8 digits of their CRC-32, so that a mistyped or invented key is refused
 * before any look-up. A secret: its string form shows only what {@link #display()} shows.
 */
public final class KeyText {
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{72}");
  private static final int SECRET_BYTES = 32;

  private final String environment;
  private final String secret;

  private KeyText(String environment, String secret) {
    this.environment = environment;
    this.secret = secret;
  }

  /**
   * A fresh key.
   *
   * @param environment such as {@code production}; without dots
   */
  public static KeyText generate(String environment, SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    return new KeyText(environment, hex + checksum(hex));
  }

  /** Reads a key of the given environment; empty if it is malformed or its checksum is wrong. */
  public static Optional<KeyText> parse(String text, String environment) {
    String prefix = "ac.sk." + environment + ".";
    if (!text.startsWith(prefix)) {
      return Optional.empty();
    }
    String secret = text.substring(prefix.length());
    if (!SECRET.matcher(secret).matches()) {
      return Optional.empty();
    }
    String hex = secret.substring(0, SECRET_BYTES * 2);
    return secret.endsWith(checksum(hex))
        ? Optional.of(new KeyText(environment, secret))
        : Optional.empty();
  }

  private static String checksum(String hex) {
    CRC32 crc = new CRC32();
    crc.update(hex.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** The whole key, to be shown once and never kept. */
  public String reveal() {
    return "ac.sk." + environment + "." + secret;
  }

  /** The key with its secret shortened to first 6 {@code ***} last 6. */
  public String display() {
    return "ac.sk."
        + environment
        + "."
        + secret.substring(0, 6)
        + "***"
        + secret.substring(secret.length() - 6);
  }

  /**
   * What is stored in the key's place: HMAC-SHA-256 of the whole key.
   *
   * @param pepper a secret of the deployment, kept apart from the table
   * @return lower-case hexadecimal
   */
  public String digest(Pepper pepper) {
    return pepper.digest(reveal());
  }

  @Override
  public String toString() {
    return display();
  }
}
