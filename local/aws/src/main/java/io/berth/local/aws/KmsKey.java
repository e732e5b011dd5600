package io.berth.local.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * A symmetric encryption key.
 *
 * @param material 32 bytes
 * @param description as its maker wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the file's JSON needs it as it is.
record KmsKey(
    String id, byte[] material, boolean enabled, Optional<String> description, Instant createdAt) {

  KmsKey withEnabled(boolean on) {
    return new KmsKey(id, material, on, description, createdAt);
  }
}
