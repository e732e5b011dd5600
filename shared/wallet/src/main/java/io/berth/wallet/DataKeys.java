package io.berth.wallet;

import io.berth.domain.Bytes;
import java.util.Map;

/** A master key that makes data keys and opens them again, in the same context only. */
public interface DataKeys {

  /**
   * The name that seals keep of this master key, by which it is found again: 1 to 512 printable
   * ASCII characters that never come to mean another key, such as an ARN.
   */
  String masterKey();

  /** A fresh key. */
  DataKey generate(Map<String, String> context);

  /**
   * Opens a wrapped key.
   *
   * @throws SealBrokenException if it was not made by this master key in this context
   */
  DataKey unwrap(Bytes wrapped, Map<String, String> context);
}
