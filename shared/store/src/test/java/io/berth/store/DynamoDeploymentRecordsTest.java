package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Coin;
import io.berth.domain.deployment.DeploymentRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DynamoDeploymentRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.000000007Z");
  private static final long DSEQ = Long.MAX_VALUE;

  private static LocalTables tables;
  private static DynamoDeploymentRecords records;

  private final String userId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    records = new DynamoDeploymentRecords(tables.client(), LocalTables.DEPLOYMENTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackARecordInAnyState(DeploymentRecord.State state) {
    DeploymentRecord record = record(DSEQ, state, "services: {}");

    assertThat(records.create(record)).isTrue();

    assertThat(records.find(userId, DSEQ)).contains(record);
  }

  @Test
  void keepsADepositOfAnyAmount() {
    DeploymentRecord small = record(1, DeploymentRecord.State.REQUESTED, "sdl");
    Coin most = new Coin(Coin.UACT, BigInteger.TWO.pow(255));
    DeploymentRecord large =
        new DeploymentRecord(
            userId,
            2,
            small.requestId(),
            small.owner(),
            small.state(),
            small.sdl(),
            small.manifest(),
            small.hash(),
            most,
            NOW,
            NOW);
    records.create(large);

    assertThat(records.find(userId, 2).map(DeploymentRecord::deposit)).contains(most);
  }

  @Test
  void keepsTheFirstRecordOfADseq() {
    DeploymentRecord first = record(DSEQ, DeploymentRecord.State.REQUESTED, "first");
    records.create(first);

    assertThat(records.create(record(DSEQ, DeploymentRecord.State.REQUESTED, "second"))).isFalse();

    assertThat(records.find(userId, DSEQ)).contains(first);
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyTakeADseq() throws Exception {
    DeploymentRecord record = record(DSEQ, DeploymentRecord.State.REQUESTED, "sdl");

    assertThat(Race.winners(() -> records.create(record))).isEqualTo(1);
  }

  @Test
  void tellsUsersAndDseqsApart() {
    records.create(record(1, DeploymentRecord.State.REQUESTED, "sdl"));

    assertThat(records.find(userId, 2)).isEmpty();
    assertThat(records.find("someone-else", 1)).isEmpty();
  }

  @Test
  void setsTheStateAndLeavesTheRevision() {
    DeploymentRecord record = record(DSEQ, DeploymentRecord.State.REQUESTED, "sdl");
    records.create(record);

    records.setState(userId, DSEQ, DeploymentRecord.State.CREATED, NOW.plusSeconds(6));

    assertThat(records.find(userId, DSEQ))
        .contains(record(DSEQ, DeploymentRecord.State.CREATED, "sdl"));
  }

  @Test
  void replacesSdlManifestAndHashTogether() {
    records.create(record(DSEQ, DeploymentRecord.State.CREATED, "old"));
    Instant later = NOW.plusSeconds(60);

    records.setManifest(userId, DSEQ, "new", "[{\"name\":\"new\"}]", "cd".repeat(32), later);

    DeploymentRecord found = records.find(userId, DSEQ).orElseThrow();
    assertThat(found.sdl()).isEqualTo("new");
    assertThat(found.manifest()).isEqualTo("[{\"name\":\"new\"}]");
    assertThat(found.hash()).isEqualTo("cd".repeat(32));
    assertThat(found.updatedAt()).isEqualTo(later);
    assertThat(found.createdAt()).isEqualTo(NOW);
    assertThat(found.state()).isEqualTo(DeploymentRecord.State.CREATED);
  }

  @Test
  void makesNoRecordByChangingAMissingOne() {
    records.setState(userId, DSEQ, DeploymentRecord.State.CLOSED, NOW);
    records.setManifest(userId, DSEQ, "sdl", "[]", "ab", NOW);

    assertThat(records.find(userId, DSEQ)).isEmpty();
  }

  private DeploymentRecord record(long dseq, DeploymentRecord.State state, String sdl) {
    return new DeploymentRecord(
        userId,
        dseq,
        "request-1",
        "akash1owner",
        state,
        sdl,
        "[{\"name\":\"dcloud\"}]",
        "ab".repeat(32),
        Coin.uact(5_000_000),
        NOW,
        NOW);
  }
}
