package io.berth.local.devnet.ante;

import io.berth.local.devnet.modules.RefusedException;

/** The canonical form of a TxRaw: fields in ascending order, every varint as short as can be. */
final class Adr027 {

  private static final int LENGTH_DELIMITED = 2;
  private static final int MAX_VARINT_BYTES = 10;

  private final byte[] bytes;
  private int position;

  private Adr027(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Refuses bytes that are not in canonical form.
   *
   * @throws RefusedException sdk 2
   */
  static void check(byte[] bytes) {
    new Adr027(bytes).check();
  }

  private void check() {
    long previous = 0;
    while (position < bytes.length) {
      long tag = varint();
      long field = tag >>> 3;
      if ((tag & 7) != LENGTH_DELIMITED) {
        throw TxDecoder.refused(
            "expected %d wire type, got %d".formatted(LENGTH_DELIMITED, tag & 7));
      }
      if (field < previous) {
        throw TxDecoder.refused("non ascending field numbers in TxRaw");
      }
      previous = field;
      long length = varint();
      if (length < 0 || length > bytes.length - position) {
        throw TxDecoder.refused("unexpected EOF");
      }
      position += (int) length;
    }
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (position == bytes.length) {
        throw TxDecoder.refused("unexpected EOF");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        if (next == 0 && i > 0) {
          throw TxDecoder.refused("length prefix varint for field is not as short as possible");
        }
        return value;
      }
    }
    throw TxDecoder.refused("proto: integer overflow");
  }
}
