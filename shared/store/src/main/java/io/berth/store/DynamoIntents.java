package io.berth.store;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Transaction intents by {@code id}. What an intent says never changes; only its state moves on,
 * and only from the state that was read.
 */
public final class DynamoIntents implements Intents {
  private static final String ID = "id";
  private static final String STATE = "state";
  private final Table table;

  public DynamoIntents(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(Intent intent) {
    return table.create(item(intent), ID);
  }

  @Override
  public Optional<Intent> find(String id) {
    return table.get(Map.of(ID, Values.text(id))).map(DynamoIntents::intent);
  }

  @Override
  public boolean advance(Intent from, IntentState next) {
    try {
      table
          .client()
          .putItem(
              put ->
                  put.tableName(table.name())
                      .item(item(from.with(next)).attributes())
                      .conditionExpression("#state = :from")
                      .expressionAttributeNames(Map.of("#state", STATE))
                      .expressionAttributeValues(
                          Map.of(":from", Values.text(from.state().name()))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Item item(Intent intent) {
    UnsignedTransaction transaction = intent.transaction();
    return Item.empty()
        .text(ID, intent.id())
        .text("wallet", intent.wallet().text())
        .bytes("body", transaction.body())
        .bytes("authInfo", transaction.authInfo())
        .text("chainId", transaction.chainId())
        .number("accountNumber", transaction.accountNumber())
        .time("timeout", intent.timeout())
        .time("createdAt", intent.createdAt())
        .text(STATE, intent.state().name())
        .with(stateAttributes(intent.state()));
  }

  private static Map<String, AttributeValue> stateAttributes(IntentState state) {
    Item item =
        switch (state) {
          case IntentState.New fresh -> Item.empty();
          case IntentState.Expired expired -> Item.empty();
          case IntentState.Signed signed ->
              Item.empty().bytes("raw", signed.raw()).text("hash", signed.hash());
          case IntentState.Sent sent ->
              Item.empty().bytes("raw", sent.raw()).text("hash", sent.hash());
          case IntentState.Committed(TransactionResult result) -> resultItem(result);
          case IntentState.Failed(TransactionResult result) -> resultItem(result);
        };
    return item.attributes();
  }

  private static Item resultItem(TransactionResult result) {
    Item item =
        Item.empty()
            .text("hash", result.hash())
            .number("height", result.height())
            .number("gasUsed", result.gasUsed())
            .text("rawLog", result.rawLog());
    result
        .error()
        .ifPresent(
            error ->
                item.text("codespace", error.codespace())
                    .number("code", error.code())
                    .text("errorLog", error.log()));
    return item;
  }

  private static Intent intent(Item item) {
    return new Intent(
        item.text(ID),
        WalletRef.parse(item.text("wallet")),
        new UnsignedTransaction(
            item.bytes("body"),
            item.bytes("authInfo"),
            item.text("chainId"),
            item.number("accountNumber")),
        item.time("timeout"),
        item.time("createdAt"),
        state(item));
  }

  private static IntentState state(Item item) {
    String name = item.text(STATE);
    return switch (name) {
      case "NEW" -> new IntentState.New();
      case "SIGNED" -> new IntentState.Signed(item.bytes("raw"), item.text("hash"));
      case "BROADCAST" -> new IntentState.Sent(item.bytes("raw"), item.text("hash"));
      case "COMMITTED" -> new IntentState.Committed(result(item));
      case "FAILED" -> new IntentState.Failed(result(item));
      case "EXPIRED" -> new IntentState.Expired();
      default -> throw new IllegalStateException("an intent in the unknown state " + name);
    };
  }

  private static TransactionResult result(Item item) {
    Optional<ChainError> error =
        item.has("codespace")
            ? Optional.of(
                new ChainError(
                    item.text("codespace"),
                    Math.toIntExact(item.number("code")),
                    item.text("errorLog")))
            : Optional.empty();
    return new TransactionResult(
        item.text("hash"),
        item.number("height"),
        item.number("gasUsed"),
        error,
        item.text("rawLog"));
  }
}
