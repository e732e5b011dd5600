package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.account.User;
import io.berth.domain.account.Users;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Users by {@code userId}. */
public final class DynamoUsers implements Users {
  private final Table table;

  public DynamoUsers(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(User user) {
    return table.create(
        Item.empty()
            .text(USER_ID, user.id())
            .text("username", user.username())
            .text("email", user.email())
            .flag("emailVerified", user.emailVerified())
            .time("createdAt", user.createdAt()),
        USER_ID);
  }

  @Override
  public Optional<User> find(String id) {
    return table.get(Map.of(USER_ID, Values.text(id))).map(DynamoUsers::user);
  }

  private static User user(Item item) {
    return new User(
        item.text(USER_ID),
        item.text("username"),
        item.text("email"),
        item.flag("emailVerified"),
        item.time("createdAt"));
  }
}
