package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.domain.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Bech32 (BIP-173): bytes as text with a human-readable prefix and a checksum. */
public final class Bech32 {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int CHECKSUM_SIZE = 6;
  private static final int MAX_LENGTH = 90;
  private static final int MAX_PREFIX = 83;
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Bech32() {}

  /**
   * What a bech32 text says.
   *
   * @param prefix lower case
   */
  public record Decoded(String prefix, Bytes data) {}

  /**
   * Lower-case bech32 of the data.
   *
   * @throws IllegalArgumentException if the prefix is not allowed or the text would be too long
   */
  public static String encode(String prefix, byte[] data) {
    return encodeGroups(prefix, regroup(data, 8, 5, true));
  }

  /**
   * Reads bech32, in lower or in upper case.
   *
   * @throws IllegalArgumentException if it is malformed; the message does not repeat the text
   */
  public static Decoded decode(String text) {
    Groups groups = decodeGroups(text);
    return new Decoded(groups.prefix, Bytes.of(regroup(groups.values, 5, 8, false)));
  }

  static String encodeGroups(String prefix, byte[] values) {
    requirePrefix(prefix);
    if (!prefix.equals(prefix.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("bech32: the prefix is not in lower case");
    }
    if (prefix.length() + 1 + values.length + CHECKSUM_SIZE > MAX_LENGTH) {
      throw new IllegalArgumentException("bech32: too long");
    }
    StringBuilder text = new StringBuilder(MAX_LENGTH).append(prefix).append('1');
    for (byte value : values) {
      text.append(CHARSET.charAt(value));
    }
    int checksum = polymod(prefix, Arrays.copyOf(values, values.length + CHECKSUM_SIZE)) ^ 1;
    for (int i = CHECKSUM_SIZE - 1; i >= 0; i--) {
      text.append(CHARSET.charAt((checksum >>> (5 * i)) & 31));
    }
    return text.toString();
  }

  static Groups decodeGroups(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("bech32: too long");
    }
    if (!isPrintable(text)) {
      throw new IllegalArgumentException("bech32: a character outside the alphabet");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException("bech32: mixed case");
    }
    int separator = lower.lastIndexOf('1');
    if (separator < 0 || lower.length() - separator - 1 < CHECKSUM_SIZE) {
      throw new IllegalArgumentException("bech32: no separator, or too short a checksum");
    }
    String prefix = lower.substring(0, separator);
    requirePrefix(prefix);
    byte[] values = new byte[lower.length() - separator - 1];
    for (int i = 0; i < values.length; i++) {
      int value = CHARSET.indexOf(lower.charAt(separator + 1 + i));
      if (value < 0) {
        throw new IllegalArgumentException("bech32: a character outside the alphabet");
      }
      values[i] = (byte) value;
    }
    if (polymod(prefix, values) != 1) {
      throw new IllegalArgumentException("bech32: wrong checksum");
    }
    return new Groups(prefix, Arrays.copyOf(values, values.length - CHECKSUM_SIZE));
  }

  /** A prefix and groups of 5 bits, before they are put together to bytes. */
  static final class Groups {
    final String prefix;
    final byte[] values;

    Groups(String prefix, byte[] values) {
      this.prefix = prefix;
      this.values = values;
    }
  }

  private static void requirePrefix(String prefix) {
    if (prefix.isEmpty() || prefix.length() > MAX_PREFIX || !isPrintable(prefix)) {
      throw new IllegalArgumentException("bech32: not a prefix");
    }
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(letter -> letter >= 33 && letter <= 126);
  }

  private static int polymod(String prefix, byte[] values) {
    int checksum = 1;
    for (byte letter : prefix.getBytes(US_ASCII)) {
      checksum = polymodStep(checksum) ^ (letter >>> 5);
    }
    checksum = polymodStep(checksum);
    for (byte letter : prefix.getBytes(US_ASCII)) {
      checksum = polymodStep(checksum) ^ (letter & 31);
    }
    for (byte value : values) {
      checksum = polymodStep(checksum) ^ value;
    }
    return checksum;
  }

  private static int polymodStep(int checksum) {
    int next = (checksum & 0x1ffffff) << 5;
    for (int i = 0; i < GENERATOR.length; i++) {
      if ((checksum >>> 25 >>> i & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }

  private static byte[] regroup(byte[] input, int fromBits, int toBits, boolean pad) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (byte value : input) {
      buffer = ((buffer << fromBits) | (value & 0xff)) & 0xfff;
      bits += fromBits;
      while (bits >= toBits) {
        bits -= toBits;
        output.write((buffer >>> bits) & ((1 << toBits) - 1));
      }
    }
    int rest = buffer & ((1 << bits) - 1);
    if (pad && bits > 0) {
      output.write(rest << (toBits - bits));
    }
    if (!pad && (bits >= fromBits || rest != 0)) {
      throw new IllegalArgumentException("bech32: wrong padding");
    }
    return output.toByteArray();
  }
}
