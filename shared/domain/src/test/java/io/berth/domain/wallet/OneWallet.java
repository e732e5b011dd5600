package io.berth.domain.wallet;

import io.berth.domain.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Ann's wallet, and no other. */
public final class OneWallet implements Wallets {
  /** Its address. */
  public static final String ADDRESS = "akash1ann";

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
                ADDRESS,
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
