package io.berth.store;

import static io.berth.store.Tables.INTENT_ID;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Transaction intents by {@code id}. What an intent says never changes; only its state moves on,
 * and only from the state that was read. Signed bytes stay, whatever became of them.
 */
public final class DynamoIntents implements Intents {
  private static final String STATE = "state";
  private static final String LAST = "last";
  private static final String SEQUENCE = "sequence";
  private final Table table;

  public DynamoIntents(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(Intent intent) {
    return table.create(item(intent), INTENT_ID);
  }

  @Override
  public boolean createAfter(Optional<String> last, Intent intent) {
    Update next =
        Update.builder()
            .tableName(table.name())
            .key(lastKey(intent.wallet()))
            .updateExpression("SET #last = :next")
            .conditionExpression(last.isEmpty() ? "attribute_not_exists(#last)" : "#last = :last")
            .expressionAttributeNames(Map.of("#last", LAST))
            .expressionAttributeValues(
                Stream.concat(
                        Stream.of(Map.entry(":next", Values.text(intent.id()))),
                        last.stream().map(id -> Map.entry(":last", Values.text(id))))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
            .build();
    return table.transact(
        TransactWriteItem.builder().update(next).build(),
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table.name())
                        .item(item(intent).attributes())
                        .conditionExpression("attribute_not_exists(#id)")
                        .expressionAttributeNames(Map.of("#id", INTENT_ID)))
            .build());
  }

  @Override
  public Optional<String> lastOf(WalletRef wallet) {
    return table.get(lastKey(wallet)).map(item -> item.text(LAST));
  }

  @Override
  public Optional<Intent> find(String id) {
    return table.get(key(id)).map(DynamoIntents::intent);
  }

  @Override
  public Map<String, Long> ended(Set<String> ids) {
    KeysAndAttributes states =
        KeysAndAttributes.builder()
            .keys(ids.stream().map(DynamoIntents::key).toList())
            .projectionExpression("#id, #state, height")
            .expressionAttributeNames(Map.of("#id", INTENT_ID, "#state", STATE))
            .build();
    Map<String, Long> ended = new HashMap<>();
    for (Item item :
        BatchRead.read(table.client(), Map.of(table.name(), states))
            .getOrDefault(table.name(), List.of())) {
      switch (item.text(STATE)) {
        case "COMMITTED", "FAILED" -> ended.put(item.text(INTENT_ID), item.number("height"));
        case "EXPIRED" -> ended.put(item.text(INTENT_ID), 0L);
        default -> {}
      }
    }
    return ended;
  }

  @Override
  public boolean advance(Intent from, IntentState next) {
    Update update = transition(from, next);
    return table.change(
        UpdateItemRequest.builder()
            .key(update.key())
            .updateExpression(update.updateExpression())
            .conditionExpression(update.conditionExpression())
            .expressionAttributeNames(update.expressionAttributeNames())
            .expressionAttributeValues(update.expressionAttributeValues()));
  }

  /** Moves an intent on, as {@link #advance} does, as a part of a transaction. */
  Update transition(Intent from, IntentState next) {
    Item change = stateItem(from.with(next).state());
    Map<String, AttributeValue> values = new HashMap<>(change.values());
    values.put(":from", Values.text(from.state().name()));
    return Update.builder()
        .tableName(table.name())
        .key(key(from.id()))
        .updateExpression(change.assignments())
        .conditionExpression("#state = :from")
        .expressionAttributeNames(change.names())
        .expressionAttributeValues(values)
        .build();
  }

  /** No intent has such an id: theirs end in an attempt's number. */
  private static Map<String, AttributeValue> lastKey(WalletRef wallet) {
    return key("last/" + wallet.text());
  }

  String tableName() {
    return table.name();
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of(INTENT_ID, Values.text(id));
  }

  private static Item item(Intent intent) {
    UnsignedTransaction transaction = intent.transaction();
    Item item =
        Item.empty()
            .text(INTENT_ID, intent.id())
            .text("wallet", intent.wallet().text())
            .bytes("body", transaction.body())
            .bytes("authInfo", transaction.authInfo())
            .text("chainId", transaction.chainId())
            .number("accountNumber", transaction.accountNumber())
            .time("timeout", intent.timeout())
            .number("since", intent.since())
            .time("createdAt", intent.createdAt())
            .with(stateItem(intent.state()).attributes());
    return switch (transaction.replay()) {
      case Replay.ByTimeout unordered -> item;
      case Replay.BySequence(long sequence) -> item.number(SEQUENCE, sequence);
    };
  }

  private static Item stateItem(IntentState state) {
    Item item = Item.empty().text(STATE, state.name());
    return switch (state) {
      case IntentState.New fresh -> item;
      case IntentState.Expired expired -> item;
      case IntentState.Signed signed -> item.bytes("raw", signed.raw()).text("hash", signed.hash());
      case IntentState.Sent sent -> item.bytes("raw", sent.raw()).text("hash", sent.hash());
      case IntentState.Committed(TransactionResult result) -> withResult(item, result);
      case IntentState.Failed(TransactionResult result) -> withResult(item, result);
    };
  }

  private static Item withResult(Item item, TransactionResult result) {
    item.text("hash", result.hash())
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

  static Intent intent(Item item) {
    return new Intent(
        item.text(INTENT_ID),
        WalletRef.parse(item.text("wallet")),
        new UnsignedTransaction(
            item.bytes("body"),
            item.bytes("authInfo"),
            item.text("chainId"),
            item.number("accountNumber"),
            item.has(SEQUENCE)
                ? new Replay.BySequence(item.number(SEQUENCE))
                : new Replay.ByTimeout()),
        item.time("timeout"),
        item.number("since"),
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
                ChainError.of(
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
