package io.berth.domain.wallet;

import io.berth.domain.Bytes;

/**
 * What anyone may know of a wallet.
 *
 * @param address bech32 with prefix {@code akash}
 * @param publicKey compressed secp256k1 key (33 bytes)
 */
public record PublicIdentity(String address, Bytes publicKey) {}
