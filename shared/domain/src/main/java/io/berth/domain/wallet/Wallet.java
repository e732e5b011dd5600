package io.berth.domain.wallet;

import io.berth.domain.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A user's wallet.
 *
 * @param walletId random UUID
 * @param address bech32 with prefix {@code akash}
 * @param publicKey compressed secp256k1 key (33 bytes)
 * @param sealedMnemonic opened by the signer alone
 * @param enabled whether the signer may sign for it
 * @param activatedAt when its grants were on the chain; empty before that
 */
public record Wallet(
    String userId,
    String walletId,
    String address,
    Bytes publicKey,
    Bytes sealedMnemonic,
    boolean enabled,
    Instant createdAt,
    Optional<Instant> activatedAt) {

  public PublicIdentity identity() {
    return new PublicIdentity(address, publicKey);
  }
}
