package io.berth.wallet;

import io.berth.domain.Bytes;
import java.util.Map;

/** A master key that makes data keys and opens them again, in the same context only. */
public interface DataKeys {

  /** A fresh key. */
  DataKey generate(Map<String, String> context);

  /**
   * Opens a wrapped key.
   *
   * @throws SealBrokenException if it was not made by this master key in this context
   */
  DataKey unwrap(Bytes wrapped, Map<String, String> context);
}
