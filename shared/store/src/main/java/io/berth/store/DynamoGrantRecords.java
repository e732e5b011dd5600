package io.berth.store;

import static io.berth.store.Tables.ENTRY;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantChange;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.funding.Grants;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Of each user one row {@code GRANTS}, which is replaced only if its version is the one that was
 * read, one row for each credit, and {@value #PARTS} rows {@code FLIGHT#0}… for what is in flight.
 *
 * <p>Each signature writes one of the flight rows, by its intent's id, so that a row stays small
 * and signatures of one wallet rarely meet. A change is begun and ended in all of these rows, in
 * one transaction with the row {@code GRANTS}: once that row shows a change, no flight row takes
 * another intent.
 */
public final class DynamoGrantRecords implements GrantRecords {
  private static final String GRANTS = "GRANTS";
  private static final String GRANTED_BY = "grantedBy";
  private static final String IN_FLIGHT = "inFlight";
  private static final String CHANGE = "change";
  private static final String FLIGHT = "FLIGHT#";
  private static final String HEIGHT = "height";
  private static final int PARTS = 8;

  private final DynamoDbClient client;
  private final Table table;

  public DynamoGrantRecords(DynamoDbClient client, String tableName) {
    this.client = client;
    this.table = new Table(client, tableName);
  }

  /** The row {@code GRANTS} is read first: if it shows a change, the flight rows are complete. */
  @Override
  public Grants of(String userId) {
    Optional<Item> row = table.get(key(userId, GRANTS));
    List<Item> flights =
        table
            .all(
                USER_ID + " = :user AND begins_with(" + ENTRY + ", :flight)",
                Map.of(":user", Values.text(userId), ":flight", Values.text(FLIGHT)))
            .toList();
    return grants(userId, row.orElseGet(Item::empty), flights);
  }

  @Override
  public Optional<Credit> credit(String userId, String reference) {
    return table.get(key(userId, creditEntry(reference))).map(DynamoGrantRecords::credit);
  }

  @Override
  public boolean replace(Grants seen, Grants next) {
    return table.transact(writes(seen, next, Stream.of()));
  }

  @Override
  public Set<String> inFlightWith(String userId, String intentId) {
    return table
        .get(flightKey(userId, part(intentId)))
        .map(flight -> flight.set(IN_FLIGHT))
        .orElseGet(Set::of);
  }

  /** Row by row, since others sign all the time. */
  @Override
  public void ended(String userId, Set<String> intentIds, long height) {
    intentIds.stream()
        .collect(Collectors.groupingBy(DynamoGrantRecords::part, Collectors.toSet()))
        .forEach((part, ids) -> ended(userId, part, ids, height));
  }

  private void ended(String userId, int part, Set<String> intentIds, long height) {
    boolean raised =
        table.change(
            landing(
                    userId,
                    part,
                    intentIds,
                    "SET height = :height ",
                    Item.empty().number(":height", height))
                .conditionExpression("attribute_not_exists(height) OR height < :height"));
    if (!raised) {
      boolean _ = table.change(landing(userId, part, intentIds, "", Item.empty()));
    }
  }

  private static UpdateItemRequest.Builder landing(
      String userId, int part, Set<String> intentIds, String alsoSet, Item values) {
    return UpdateItemRequest.builder()
        .key(flightKey(userId, part))
        .updateExpression(alsoSet + "DELETE " + IN_FLIGHT + " :ids")
        .expressionAttributeValues(values.set(":ids", intentIds).attributes());
  }

  @Override
  public boolean credit(Grants seen, Grants next, Credit credit) {
    return table.transact(
        writes(
            seen,
            next,
            Stream.of(
                TransactWriteItem.builder()
                    .put(
                        put ->
                            put.tableName(table.name())
                                .item(item(credit).attributes())
                                .conditionExpression("attribute_not_exists(entry)"))
                    .build())));
  }

  @Override
  public boolean granted(Grants seen, Grants next, List<Credit> credits) {
    return table.transact(
        writes(
            seen,
            next,
            credits.stream()
                .map(
                    credit ->
                        TransactWriteItem.builder()
                            .put(put -> put.tableName(table.name()).item(item(credit).attributes()))
                            .build())));
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

  private TransactWriteItem[] writes(Grants seen, Grants next, Stream<TransactWriteItem> more) {
    Stream<TransactWriteItem> row = Stream.of(table.replacement(item(next), seen.version()));
    return Stream.of(row, flights(seen, next), more)
        .flatMap(writes -> writes)
        .toArray(TransactWriteItem[]::new);
  }

  /** Of the flight rows, those in which something changes. */
  private Stream<TransactWriteItem> flights(Grants seen, Grants next) {
    Set<String> left = new HashSet<>(seen.inFlight());
    left.removeAll(next.inFlight());
    Map<Integer, Set<String>> gone =
        left.stream().collect(Collectors.groupingBy(DynamoGrantRecords::part, Collectors.toSet()));
    boolean begins = seen.change().isEmpty() && next.change().isPresent();
    boolean ends = seen.change().isPresent() && next.change().isEmpty();
    return IntStream.range(0, PARTS)
        .filter(part -> begins || ends || gone.containsKey(part))
        .mapToObj(
            part -> {
              Item values = Item.empty().set(":ids", gone.getOrDefault(part, Set.of()));
              String expression = values.has(":ids") ? "DELETE " + IN_FLIGHT + " :ids" : "";
              if (begins) {
                values.flag(":changes", true);
                expression += " SET #change = :changes";
              } else if (ends) {
                expression += " REMOVE #change";
              }
              return flightUpdate(seen.userId(), part, expression, values, begins || ends);
            });
  }

  private TransactWriteItem flightUpdate(
      String userId, int part, String expression, Item values, boolean namesChange) {
    return TransactWriteItem.builder()
        .update(
            update -> {
              update
                  .tableName(table.name())
                  .key(flightKey(userId, part))
                  .updateExpression(expression.strip());
              if (namesChange) {
                update.expressionAttributeNames(Map.of("#change", CHANGE));
              }
              if (!values.attributes().isEmpty()) {
                update.expressionAttributeValues(values.attributes());
              }
            })
        .build();
  }

  /**
   * Adds an intent to those in flight, as a part of a transaction, unless a change is under way.
   */
  Update taking(String userId, String intentId) {
    return Update.builder()
        .tableName(table.name())
        .key(flightKey(userId, part(intentId)))
        .updateExpression("ADD " + IN_FLIGHT + " :id")
        .conditionExpression("attribute_not_exists(#change)")
        .expressionAttributeNames(Map.of("#change", CHANGE))
        .expressionAttributeValues(Item.empty().set(":id", Set.of(intentId)).attributes())
        .build();
  }

  String tableName() {
    return table.name();
  }

  /** Reads whether a change is under way from the flight row that an intent belongs to. */
  static KeysAndAttributes changeOf(String userId, String intentId) {
    return BatchRead.consistent(flightKey(userId, part(intentId))).toBuilder()
        .projectionExpression("#change")
        .expressionAttributeNames(Map.of("#change", CHANGE))
        .build();
  }

  static boolean isChanging(Item flight) {
    return flight.has(CHANGE);
  }

  private static Map<String, AttributeValue> flightKey(String userId, int part) {
    return key(userId, FLIGHT + part);
  }

  /** Stored rows depend on it: {@link String#hashCode} is specified. */
  private static int part(String intentId) {
    return Math.floorMod(intentId.hashCode(), PARTS);
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
            .number(HEIGHT, grants.height())
            .number("changes", grants.changes())
            .texts("pending", grants.pending());
    grants
        .change()
        .ifPresent(
            change ->
                item.number(CHANGE, change.number()).texts("references", change.references()));
    return item;
  }

  /**
   * @param row empty if there is none
   */
  private static Grants grants(String userId, Item row, List<Item> flights) {
    Set<String> inFlight =
        flights.stream()
            .flatMap(flight -> flight.set(IN_FLIGHT).stream())
            .collect(Collectors.toUnmodifiableSet());
    long height =
        Stream.concat(Stream.of(row), flights.stream())
            .mapToLong(item -> numberIfAny(item, HEIGHT))
            .max()
            .orElseThrow();
    return new Grants(
        userId,
        numberIfAny(row, Table.VERSION),
        inFlight,
        height,
        numberIfAny(row, "changes"),
        row.has(CHANGE)
            ? Optional.of(new GrantChange(row.number(CHANGE), row.texts("references")))
            : Optional.empty(),
        row.has("pending") ? row.texts("pending") : List.of());
  }

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
