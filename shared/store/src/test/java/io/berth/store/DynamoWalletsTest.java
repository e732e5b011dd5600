package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletSeals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
  @Tag("not-moto")
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

  @Test
  void goesThroughAllWalletsOncePageByPage() {
    Set<String> users = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      String user = userId + "-" + i;
      users.add(user);
      wallets.create(walletOf(user));
    }

    List<String> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      WalletSeals.Page page = wallets.page(after, 3);
      assertThat(page.wallets().size() + page.unreadable().size()).isLessThanOrEqualTo(3);
      page.wallets().forEach(wallet -> found.add(wallet.userId()));
      after = page.next();
    } while (after.isPresent());

    assertThat(found).doesNotHaveDuplicates().containsAll(users);
  }

  @Test
  void namesRowsThatAreNoWholeWallets() {
    List<Map<String, AttributeValue>> rows =
        List.of(
            Map.of("userId", Values.text(userId + "-bare")),
            broken(userId + "-kind", "sealedMnemonic", Values.text("no bytes")),
            broken(userId + "-time", "createdAt", Values.text("yesterday")));
    rows.forEach(
        row -> tables.client().putItem(put -> put.tableName(LocalTables.WALLETS).item(row)));
    try {
      assertThat(wallets.page(Optional.empty(), 1000).unreadable())
          .containsExactlyInAnyOrder(userId + "-bare", userId + "-kind", userId + "-time");
    } finally {
      rows.forEach(
          row ->
              tables
                  .client()
                  .deleteItem(
                      delete ->
                          delete
                              .tableName(LocalTables.WALLETS)
                              .key(Map.of("userId", row.get("userId")))));
    }
  }

  private Map<String, AttributeValue> broken(String user, String name, AttributeValue value) {
    wallets.create(walletOf(user));
    Map<String, AttributeValue> row =
        new HashMap<>(
            tables
                .client()
                .getItem(
                    get ->
                        get.tableName(LocalTables.WALLETS).key(Map.of("userId", Values.text(user))))
                .item());
    row.put(name, value);
    return row;
  }

  @Test
  void putsANewSealInThePlaceOfTheOneThatWasRead() {
    Wallet wallet = wallet("w1", true, Optional.empty());
    wallets.create(wallet);
    wallets.markActivated(userId, NOW);

    assertThat(wallets.replaceSeal(wallet, Bytes.ofHex("0b"))).isTrue();

    Wallet after = wallets.find(userId).orElseThrow();
    assertThat(after.sealedMnemonic()).isEqualTo(Bytes.ofHex("0b"));
    assertThat(after.activatedAt()).contains(NOW);
    assertThat(after.address()).isEqualTo(wallet.address());
  }

  @Test
  void replacesNoSealThatChangedMeanwhileAndNoneOfAnotherWallet() {
    Wallet wallet = wallet("w1", true, Optional.empty());
    wallets.create(wallet);
    wallets.replaceSeal(wallet, Bytes.ofHex("0b"));

    assertThat(wallets.replaceSeal(wallet, Bytes.ofHex("0c"))).isFalse();
    Wallet other = wallet("w2", true, Optional.empty());
    assertThat(wallets.replaceSeal(other, Bytes.ofHex("0c"))).isFalse();
    assertThat(wallets.replaceSeal(walletOf("nobody"), Bytes.ofHex("0c"))).isFalse();

    assertThat(wallets.find(userId).map(Wallet::sealedMnemonic)).contains(Bytes.ofHex("0b"));
    assertThat(wallets.find("nobody")).isEmpty();
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyNewSealsWin() throws Exception {
    Wallet wallet = wallet("w1", true, Optional.empty());
    wallets.create(wallet);

    assertThat(Race.winners(() -> wallets.replaceSeal(wallet, Bytes.ofHex("0b")))).isEqualTo(1);
  }

  private static Wallet walletOf(String userId) {
    return new Wallet(
        userId,
        "w1",
        "akash1w1",
        Bytes.ofHex("02" + "ab".repeat(32)),
        Bytes.ofHex("00ff10"),
        true,
        NOW,
        Optional.empty());
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
