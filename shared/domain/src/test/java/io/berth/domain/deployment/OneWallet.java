package io.berth.domain.deployment;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import java.time.Instant;
import java.util.Optional;

/** Ann's wallet, and no other. */
final class OneWallet implements Wallets {
  @Override
  public boolean create(Wallet wallet) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Optional<Wallet> find(String userId) {
    return userId.equals("ann")
        ? Optional.of(
            new Wallet(
                "ann",
                "w",
                LeasedChain.ID.owner(),
                Bytes.ofHex("02"),
                Bytes.ofHex("00"),
                true,
                Instant.EPOCH,
                Optional.of(Instant.EPOCH)))
        : Optional.empty();
  }

  @Override
  public void markActivated(String userId, Instant at) {
    throw new AssertionError("not asked for");
  }
}
