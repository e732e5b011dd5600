package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.Grants;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamoGrantRecordsTest {
  private static LocalTables tables;
  private static DynamoGrantRecords records;

  private final String user = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    records = new DynamoGrantRecords(tables.client(), LocalTables.GRANTS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private Grants known(long version, String... pending) {
    return new Grants(
        user,
        version,
        Set.of(),
        17_000_001,
        4,
        Optional.of(new GrantChange(5, List.of("p1"))),
        List.of(pending));
  }

  private Credit credit(String reference) {
    return new Credit(
        user,
        reference,
        new BigInteger("99999999999999999999999999"),
        Instant.parse("2026-11-23T12:00:00Z"),
        Optional.empty());
  }

  @Test
  void isFreshUntilSomethingIsKnownAndGivesBackWhatIs() {
    assertThat(records.of(user)).isEqualTo(Grants.fresh(user));

    assertThat(records.replace(Grants.fresh(user), known(1, "p1", "p2"))).isTrue();

    assertThat(records.of(user)).isEqualTo(known(1, "p1", "p2"));
  }

  @Test
  void replacesOnlyWhatWasSeen() {
    records.replace(Grants.fresh(user), known(1));

    assertThat(records.replace(Grants.fresh(user), known(1, "other"))).isFalse();
    assertThat(records.replace(known(7), known(8, "other"))).isFalse();
    assertThat(records.of(user)).isEqualTo(known(1));
    assertThat(records.replace(known(1), known(2, "next"))).isTrue();
  }

  @Test
  void recordsOneCreditForEachReference() {
    assertThat(records.credit(Grants.fresh(user), known(1, "p1"), credit("p1"))).isTrue();
    assertThat(records.credit(known(1, "p1"), known(2, "p1", "p1"), credit("p1"))).isFalse();

    assertThat(records.of(user)).isEqualTo(known(1, "p1"));
    assertThat(records.credit(user, "p1")).contains(credit("p1"));
    assertThat(records.credit(user, "p2")).isEmpty();
  }

  @Test
  void recordsNoCreditOnWhatHasChanged() {
    records.replace(Grants.fresh(user), known(1));

    assertThat(records.credit(Grants.fresh(user), known(1, "p1"), credit("p1"))).isFalse();
    assertThat(records.credit(user, "p1")).isEmpty();
  }

  @Test
  void recordsGrantedCreditsWithTheEndOfTheChangeOrNot() {
    records.credit(Grants.fresh(user), known(1, "p1"), credit("p1"));
    Credit granted = credit("p1").grantedBy("AB".repeat(32));

    assertThat(records.granted(known(9), known(10), List.of(granted))).isFalse();
    assertThat(records.credit(user, "p1")).contains(credit("p1"));

    assertThat(records.granted(known(1), known(2), List.of(granted))).isTrue();
    assertThat(records.credit(user, "p1")).contains(granted);
    assertThat(records.of(user)).isEqualTo(known(2));
  }

  @Test
  @Tag("not-moto")
  void letsOneOfManyBegin() throws Exception {
    assertThat(Race.winners(() -> records.replace(Grants.fresh(user), known(1)))).isEqualTo(1);
  }

  @Test
  void handsOverEveryUserOnce() {
    records.credit(Grants.fresh(user), known(1, "p1"), credit("p1"));

    List<String> users = new ArrayList<>();
    records.eachUser(users::add);

    assertThat(users).containsOnlyOnce(user);
  }
}
