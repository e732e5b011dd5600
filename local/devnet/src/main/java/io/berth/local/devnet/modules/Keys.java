package io.berth.local.devnet.modules;

/** Numbers as parts of state keys: padded, so that text order is number order. */
public final class Keys {

  /** An unsigned 64-bit number. */
  public static String of(long number) {
    return "%20s".formatted(Long.toUnsignedString(number)).replace(' ', '0');
  }

  /** An unsigned 32-bit number. */
  public static String of(int number) {
    return "%010d".formatted(Integer.toUnsignedLong(number));
  }

  private Keys() {}
}
