package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Wallets by {@code userId}. */
public final class DynamoWallets implements Wallets {
  private final Table table;

  public DynamoWallets(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(Wallet wallet) {
    return table.create(
        Item.empty()
            .text(USER_ID, wallet.userId())
            .text("walletId", wallet.walletId())
            .text("address", wallet.address())
            .bytes("publicKey", wallet.publicKey())
            .bytes("sealedMnemonic", wallet.sealedMnemonic())
            .flag("enabled", wallet.enabled())
            .time("createdAt", wallet.createdAt())
            .time("activatedAt", wallet.activatedAt()),
        USER_ID);
  }

  @Override
  public Optional<Wallet> find(String userId) {
    return table.get(Map.of(USER_ID, Values.text(userId))).map(DynamoWallets::wallet);
  }

  @Override
  public void markActivated(String userId, Instant at) {
    table.update(
        UpdateItemRequest.builder()
            .key(Map.of(USER_ID, Values.text(userId)))
            .updateExpression("SET activatedAt = if_not_exists(activatedAt, :at)")
            .conditionExpression("attribute_exists(userId)")
            .expressionAttributeValues(Map.of(":at", Values.time(at))));
  }

  private static Wallet wallet(Item item) {
    return new Wallet(
        item.text(USER_ID),
        item.text("walletId"),
        item.text("address"),
        item.bytes("publicKey"),
        item.bytes("sealedMnemonic"),
        item.flag("enabled"),
        item.time("createdAt"),
        item.timeIfAny("activatedAt"));
  }
}
