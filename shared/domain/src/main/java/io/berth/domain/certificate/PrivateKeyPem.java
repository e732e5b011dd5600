package io.berth.domain.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A private key as PEM text (PKCS#8, unencrypted). A secret: nothing prints it. */
public final class PrivateKeyPem implements AutoCloseable {
  private final byte[] text;

  private PrivateKeyPem(byte[] text) {
    this.text = text;
  }

  /** The key of this ASCII text, which is taken over, not copied. */
  public static PrivateKeyPem takeOver(byte[] text) {
    return new PrivateKeyPem(text);
  }

  /** The whole text, to be shown once and never kept. */
  public String reveal() {
    return new String(text, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    Arrays.fill(text, (byte) 0);
  }

  @Override
  public String toString() {
    return "PrivateKeyPem[hidden]";
  }
}
