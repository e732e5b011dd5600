package io.berth.local.devnet.modules;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Optional;

/** Messages inside {@code google.protobuf.Any}, with the chain's type URLs ({@code /full.Name}). */
public final class Packed {

  /** Packs a message. */
  public static Any any(Message message) {
    return Any.pack(message, "");
  }

  /** The message inside when it is of this type. */
  public static <T extends Message> Optional<T> open(Any any, Class<T> type) {
    if (!any.is(type)) {
      return Optional.empty();
    }
    try {
      return Optional.of(any.unpack(type));
    } catch (InvalidProtocolBufferException e) {
      throw SdkErrors.TX_DECODE.because(e.getMessage());
    }
  }

  private Packed() {}
}
