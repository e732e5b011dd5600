package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.Wallet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoWalletsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private static LocalTables tables;
  private static DynamoWallets wallets;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    wallets = new DynamoWallets(tables.client(), LocalTables.WALLETS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @Test
  void givesBackAWallet() {
    Wallet wallet = wallet("w1", false, Optional.of(NOW.plusNanos(1)));

    assertThat(wallets.create(wallet)).isTrue();

    assertThat(wallets.find(userId)).contains(wallet);
    assertThat(wallets.find("someone-else")).isEmpty();
  }

  @Test
  void keepsTheFirstWalletOfAUser() {
    Wallet first = wallet("w1", true, Optional.empty());
    wallets.create(first);

    assertThat(wallets.create(wallet("w2", true, Optional.empty()))).isFalse();

    assertThat(wallets.find(userId)).contains(first);
  }

  @Test
  void letsOneOfManyWalletsOfAUserWin() throws Exception {
    assertThat(
            Race.winners(
                () -> wallets.create(wallet(UUID.randomUUID().toString(), true, Optional.empty()))))
        .isEqualTo(1);
  }

  @Test
  void keepsTheFirstActivation() {
    wallets.create(wallet("w1", true, Optional.empty()));

    wallets.markActivated(userId, NOW);
    wallets.markActivated(userId, NOW.plusSeconds(60));

    assertThat(wallets.find(userId)).contains(wallet("w1", true, Optional.of(NOW)));
  }

  @Test
  void makesNoWalletByActivatingAMissingOne() {
    wallets.markActivated(userId, NOW);

    assertThat(wallets.find(userId)).isEmpty();
  }

  private Wallet wallet(String walletId, boolean enabled, Optional<Instant> activatedAt) {
    return new Wallet(
        userId,
        walletId,
        "akash1" + walletId,
        Bytes.ofHex("02" + "ab".repeat(32)),
        Bytes.ofHex("00ff10"),
        enabled,
        NOW.minusSeconds(5),
        activatedAt);
  }
}
