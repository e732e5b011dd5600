package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletSeals;
import io.berth.domain.wallet.Wallets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Wallets by {@code userId}. */
public final class DynamoWallets implements Wallets, WalletSeals {
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
    return table.get(key(userId)).map(DynamoWallets::wallet);
  }

  @Override
  public void markActivated(String userId, Instant at) {
    table.update(
        UpdateItemRequest.builder()
            .key(key(userId))
            .updateExpression("SET activatedAt = if_not_exists(activatedAt, :at)")
            .conditionExpression("attribute_exists(userId)")
            .expressionAttributeValues(Map.of(":at", Values.time(at))));
  }

  @Override
  public Page page(Optional<String> after, int most) {
    Table.Page page = table.scan(after.map(DynamoWallets::key), most);
    List<Wallet> wallets = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Item item : page.items()) {
      try {
        wallets.add(wallet(item));
      } catch (IllegalStateException | DateTimeException e) {
        unreadable.add(item.text(USER_ID));
      }
    }
    return new Page(wallets, unreadable, page.last().map(key -> key.text(USER_ID)));
  }

  @Override
  public boolean replaceSeal(Wallet wallet, Bytes sealed) {
    return table
        .update(
            UpdateItemRequest.builder()
                .key(key(wallet.userId()))
                .updateExpression("SET sealedMnemonic = :new")
                .conditionExpression("walletId = :wallet AND sealedMnemonic = :old")
                .expressionAttributeValues(
                    Map.of(
                        ":wallet", Values.text(wallet.walletId()),
                        ":old", Values.bytes(wallet.sealedMnemonic()),
                        ":new", Values.bytes(sealed))))
        .isPresent();
  }

  String tableName() {
    return table.name();
  }

  static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Values.text(userId));
  }

  static Wallet wallet(Item item) {
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
