package io.berth.local.devnet.ante;

import com.google.protobuf.ByteString;
import io.berth.wallet.Secp256k1;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Verifies signatures, and remembers the last that were valid: a transaction is verified when it
 * enters the mempool and again in its block, and the curve's arithmetic is most of the cost of
 * both. Used under the chain's lock.
 */
final class VerifiedSignatures {
  private static final int CAPACITY = 5_000;

  private record Signature(ByteString key, ByteString document, ByteString signature) {}

  private final SequencedSet<Signature> valid = new LinkedHashSet<>();

  /** Whether this is a signature of the document by the key's owner. */
  boolean isValid(ByteString key, ByteString document, ByteString signature) {
    Signature one = new Signature(key, document, signature);
    if (valid.contains(one)) {
      return true;
    }
    boolean verified =
        Secp256k1.verify(key.toByteArray(), document.toByteArray(), signature.toByteArray());
    if (verified) {
      valid.add(one);
      if (valid.size() > CAPACITY) {
        valid.removeFirst();
      }
    }
    return verified;
  }
}
