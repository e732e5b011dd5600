package io.berth.domain;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An immutable run of bytes that compares by content. Not for secrets: it is never cleared. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /**
   * Bytes from hexadecimal text.
   *
   * @throws IllegalArgumentException if the text is not hexadecimal
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  public int size() {
    return content.length;
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(content);
  }

  /** Standard base64 with padding (RFC 4648 §4). */
  public String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return hex();
  }
}
