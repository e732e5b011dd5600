package io.berth.store;

import static io.berth.store.Tables.ENTRY;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.funding.Grants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Of each user one row {@code GRANTS}, which is replaced only if its version is the one that was
 * read, and one row for each credit.
 */
public final class DynamoGrantRecords implements GrantRecords {
  private static final String GRANTS = "GRANTS";
  private static final String GRANTED_BY = "grantedBy";
  private static final String IN_FLIGHT = "inFlight";
  private static final String CHANGE = "change";

  private final DynamoDbClient client;
  private final Table table;

  public DynamoGrantRecords(DynamoDbClient client, String tableName) {
    this.client = client;
    this.table = new Table(client, tableName);
  }

  @Override
  public Grants of(String userId) {
    return table
        .get(key(userId, GRANTS))
        .map(DynamoGrantRecords::grants)
        .orElseGet(() -> Grants.fresh(userId));
  }

  @Override
  public Optional<Credit> credit(String userId, String reference) {
    return table.get(key(userId, creditEntry(reference))).map(DynamoGrantRecords::credit);
  }

  @Override
  public boolean replace(Grants seen, Grants next) {
    return table.transact(replacement(seen, next));
  }

  /** Not by replacing the row, since others sign all the time, and it grows with each signature. */
  @Override
  public void ended(String userId, Set<String> intentIds, long height) {
    Optional<Item> raised =
        table.update(
            landing(
                    userId,
                    intentIds,
                    "SET height = :height ",
                    Item.empty().number(":height", height))
                .conditionExpression("attribute_not_exists(height) OR height < :height"));
    if (raised.isEmpty()) {
      var _ = table.update(landing(userId, intentIds, "", Item.empty()));
    }
  }

  private static UpdateItemRequest.Builder landing(
      String userId, Set<String> intentIds, String alsoSet, Item values) {
    return UpdateItemRequest.builder()
        .key(key(userId, GRANTS))
        .updateExpression(alsoSet + "DELETE " + IN_FLIGHT + " :ids ADD #version :one")
        .expressionAttributeNames(Map.of("#version", Table.VERSION))
        .expressionAttributeValues(values.set(":ids", intentIds).number(":one", 1).attributes());
  }

  @Override
  public boolean credit(Grants seen, Grants next, Credit credit) {
    return table.transact(
        replacement(seen, next),
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table.name())
                        .item(item(credit).attributes())
                        .conditionExpression("attribute_not_exists(entry)"))
            .build());
  }

  @Override
  public boolean granted(Grants seen, Grants next, List<Credit> credits) {
    return table.transact(
        Stream.concat(
                Stream.of(replacement(seen, next)),
                credits.stream()
                    .map(
                        credit ->
                            TransactWriteItem.builder()
                                .put(
                                    put ->
                                        put.tableName(table.name()).item(item(credit).attributes()))
                                .build()))
            .toArray(TransactWriteItem[]::new));
  }

  @Override
  public void eachUser(Consumer<String> consumer) {
    client
        .scanPaginator(
            scan ->
                scan.tableName(table.name())
                    .filterExpression("entry = :grants")
                    .projectionExpression(USER_ID)
                    .expressionAttributeValues(Map.of(":grants", Values.text(GRANTS))))
        .items()
        .forEach(row -> consumer.accept(row.get(USER_ID).s()));
  }

  private TransactWriteItem replacement(Grants seen, Grants next) {
    return table.replacement(item(next), seen.version());
  }

  /**
   * Adds an intent to those in flight, as a part of a transaction, unless a change is under way.
   */
  Update flight(String userId, String intentId) {
    return Update.builder()
        .tableName(table.name())
        .key(key(userId, GRANTS))
        .updateExpression("ADD " + IN_FLIGHT + " :id, #version :one")
        .conditionExpression("attribute_not_exists(#change)")
        .expressionAttributeNames(Map.of("#version", Table.VERSION, "#change", CHANGE))
        .expressionAttributeValues(
            Item.empty().set(":id", Set.of(intentId)).number(":one", 1).attributes())
        .build();
  }

  private static Map<String, AttributeValue> key(String userId, String entry) {
    return Map.of(USER_ID, Values.text(userId), ENTRY, Values.text(entry));
  }

  private static String creditEntry(String reference) {
    return "CREDIT#" + reference;
  }

  private static Item item(Grants grants) {
    Item item =
        Item.of(key(grants.userId(), GRANTS))
            .number(Table.VERSION, grants.version())
            .set(IN_FLIGHT, grants.inFlight())
            .number("height", grants.height())
            .number("changes", grants.changes())
            .texts("pending", grants.pending());
    grants
        .change()
        .ifPresent(
            change ->
                item.number(CHANGE, change.number()).texts("references", change.references()));
    return item;
  }

  private static Grants grants(Item item) {
    return new Grants(
        item.text(USER_ID),
        item.number(Table.VERSION),
        item.set(IN_FLIGHT),
        numberIfAny(item, "height"),
        numberIfAny(item, "changes"),
        item.has(CHANGE)
            ? Optional.of(new GrantChange(item.number(CHANGE), item.texts("references")))
            : Optional.empty(),
        item.has("pending") ? item.texts("pending") : List.of());
  }

  /** What only a signature has made has no more than what is in flight. */
  private static long numberIfAny(Item item, String name) {
    return item.has(name) ? item.number(name) : 0;
  }

  private static Item item(Credit credit) {
    Item item =
        Item.of(key(credit.userId(), creditEntry(credit.reference())))
            .text("reference", credit.reference())
            .amount("uact", credit.uact())
            .time("at", credit.at());
    credit.grantedBy().ifPresent(hash -> item.text(GRANTED_BY, hash));
    return item;
  }

  private static Credit credit(Item item) {
    return new Credit(
        item.text(USER_ID),
        item.text("reference"),
        item.amount("uact"),
        item.time("at"),
        item.has(GRANTED_BY) ? Optional.of(item.text(GRANTED_BY)) : Optional.empty());
  }
}
