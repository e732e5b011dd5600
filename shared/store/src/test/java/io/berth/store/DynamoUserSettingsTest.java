package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.settings.DeploymentSettings;
import io.berth.domain.settings.WalletSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoUserSettingsTest {
  private static final Optional<Instant> T =
      Optional.of(Instant.parse("2026-11-25T09:00:00.123456789Z"));
  private static LocalTables tables;

  private final DynamoUserSettings settings =
      new DynamoUserSettings(tables.client(), LocalTables.SETTINGS);

  @BeforeAll
  static void start() {
    tables = new LocalTables();
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @Test
  void keepsWalletSettingsToTheCentUntilTheyAreDeleted() {
    WalletSettings wish =
        new WalletSettings(
            WalletSettings.Mode.THRESHOLD, new BigDecimal("25.10"), new BigDecimal("150"));

    assertThat(settings.wallet("ann")).isEmpty();
    assertThat(settings.deleteWallet("ann")).isFalse();
    settings.putWallet("ann", WalletSettings.DEFAULT);
    settings.putWallet("ann", wish);
    assertThat(settings.wallet("ann")).contains(wish);
    assertThat(settings.wallet("bob")).isEmpty();
    assertThat(settings.deleteWallet("ann")).isTrue();
    assertThat(settings.wallet("ann")).isEmpty();
  }

  @Test
  void keepsSettingsOfEachDeployment() {
    DeploymentSettings first = new DeploymentSettings("ann", 7, true, T, T);
    DeploymentSettings second = new DeploymentSettings("ann", 7, false, T, Optional.empty());

    settings.putDeployment(first);
    assertThat(settings.deployment("ann", 7)).contains(first);
    settings.putDeployment(second);
    assertThat(settings.deployment("ann", 7)).contains(second);
    assertThat(settings.deployment("ann", 8)).isEmpty();
    assertThat(settings.deployment("bob", 7)).isEmpty();
  }
}
