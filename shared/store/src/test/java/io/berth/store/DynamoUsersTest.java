package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.account.User;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DynamoUsersTest {

  @Test
  void createsAUserOnceAndKeepsTheFirst() {
    try (LocalTables tables = new LocalTables()) {
      DynamoUsers users = new DynamoUsers(tables.client(), LocalTables.USERS);
      User first = new User("u1", "a@example.com", Instant.parse("2026-11-23T10:00:00.5Z"));
      User second =
          new User("u1", "bob", "b@example.com", true, Instant.parse("2026-11-24T10:00:00Z"));

      assertThat(users.find("u1")).isEmpty();
      assertThat(users.create(first)).isTrue();
      assertThat(users.create(second)).isFalse();
      assertThat(users.find("u1")).contains(first);
    }
  }
}
