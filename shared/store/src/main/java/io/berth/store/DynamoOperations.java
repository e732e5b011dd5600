package io.berth.store;

import static io.berth.store.Tables.OPERATION_ID;
import static io.berth.store.Tables.STARTED_AT;
import static io.berth.store.Tables.UNFINISHED;

import io.berth.domain.bidding.BidSelection;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.lifecycle.Decision;
import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.Operations;
import io.berth.domain.lifecycle.Step;
import io.berth.domain.lifecycle.StepRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Operations by {@code id}. Those that are not over stand in an index by the time they started,
 * which so stays small.
 */
public final class DynamoOperations implements Operations {
  private static final String YES = "yes";
  private static final String VERSION = "version";

  private final Table table;

  public DynamoOperations(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(Operation operation) {
    return table.create(item(operation), OPERATION_ID);
  }

  @Override
  public Optional<Operation> find(String id) {
    return table.get(Map.of(OPERATION_ID, Values.text(id))).map(DynamoOperations::operation);
  }

  @Override
  public boolean replace(Operation from, Operation next) {
    return table.put(
        PutItemRequest.builder()
            .item(item(next).number(VERSION, from.version() + 1).attributes())
            .conditionExpression("#version = :from")
            .expressionAttributeNames(Map.of("#version", VERSION))
            .expressionAttributeValues(Map.of(":from", Values.number(from.version()))));
  }

  @Override
  public List<Operation> unfinished(Instant before, int most) {
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table.name())
            .indexName(UNFINISHED)
            .keyConditionExpression("unfinished = :yes AND startedAt < :before")
            .expressionAttributeValues(
                Map.of(":yes", Values.text(YES), ":before", Values.time(before)))
            .limit(most)
            .build();
    return table.client().query(query).items().stream()
        .map(found -> operation(Item.of(found)))
        .toList();
  }

  private static Item item(Operation operation) {
    Item item =
        Item.empty()
            .text(OPERATION_ID, operation.id())
            .text("userId", operation.userId())
            .number("dseq", operation.dseq())
            .text("state", operation.state().name())
            .time(STARTED_AT, operation.startedAt())
            .parts("steps", operation.steps().stream().map(DynamoOperations::item).toList())
            .texts("refusedBy", operation.refusedBy().stream().sorted().toList())
            .flag("cancelled", operation.cancelled())
            .number(VERSION, operation.version());
    operation.selection().ifPresent(selection -> item.part("selection", item(selection)));
    operation.taskToken().ifPresent(token -> item.text("taskToken", token));
    operation.decision().ifPresent(decision -> item.part("decision", item(decision)));
    operation.fault().ifPresent(fault -> item.part("fault", item(fault)));
    operation.ready().ifPresent(ready -> item.flag("ready", ready));
    return operation.isOver() ? item : item.text(UNFINISHED, YES);
  }

  private static Operation operation(Item item) {
    return new Operation(
        item.text(OPERATION_ID),
        item.text("userId"),
        item.number("dseq"),
        part(item, "selection").map(DynamoOperations::selection),
        Operation.State.valueOf(item.text("state")),
        item.time(STARTED_AT),
        item.parts("steps").stream().map(DynamoOperations::stepRun).toList(),
        item.find("taskToken", Item::text),
        part(item, "decision").map(DynamoOperations::decision),
        Set.copyOf(item.texts("refusedBy")),
        item.flag("cancelled"),
        part(item, "fault").map(DynamoOperations::fault),
        item.find("ready", Item::flag),
        item.number(VERSION));
  }

  private static Optional<Item> part(Item item, String name) {
    return item.find(name, Item::part);
  }

  private static Item item(StepRun run) {
    return Item.empty()
        .text("step", run.step().name())
        .time("startedAt", run.startedAt())
        .time("deadline", run.deadline())
        .time("endedAt", run.endedAt());
  }

  private static StepRun stepRun(Item item) {
    return new StepRun(
        Step.valueOf(item.text("step")),
        item.time("startedAt"),
        item.time("deadline"),
        item.timeIfAny("endedAt"));
  }

  private static Item item(Decision decision) {
    Item item =
        Item.empty()
            .parts("choices", decision.choices().stream().map(DynamoOperations::item).toList())
            .text("standing", decision.standing().name())
            .time("reachedAt", decision.reachedAt());
    decision.fault().ifPresent(fault -> item.part("fault", item(fault)));
    return item;
  }

  private static Decision decision(Item item) {
    return new Decision(
        item.parts("choices").stream().map(DynamoOperations::choice).toList(),
        Decision.Standing.valueOf(item.text("standing")),
        item.time("reachedAt"),
        part(item, "fault").map(DynamoOperations::fault));
  }

  private static Item item(Choice choice) {
    return Item.empty()
        .number("gseq", choice.gseq())
        .number("oseq", choice.oseq())
        .text("provider", choice.provider());
  }

  private static Choice choice(Item item) {
    return new Choice(
        Math.toIntExact(item.number("gseq")),
        Math.toIntExact(item.number("oseq")),
        item.text("provider"));
  }

  private static Item item(Fault fault) {
    return Item.empty()
        .text("kind", fault.kind().name())
        .text("code", fault.code())
        .text("message", fault.message());
  }

  private static Fault fault(Item item) {
    return new Fault(
        Fault.Kind.valueOf(item.text("kind")), item.text("code"), item.text("message"));
  }

  private static Item item(BidSelection selection) {
    Item item =
        Item.empty()
            .text("strategy", selection.strategy().name())
            .texts("providers", selection.providers().stream().sorted().toList())
            .texts("excludeProviders", selection.excludeProviders().stream().sorted().toList())
            .textsByName("attributes", selection.attributes())
            .flag("audited", selection.audited())
            .number("minBids", selection.minBids())
            .number("patienceMillis", selection.patience().toMillis());
    selection
        .maxPricePerBlock()
        .ifPresent(price -> item.text("maxPricePerBlock", price.toPlainString()));
    return item;
  }

  private static BidSelection selection(Item item) {
    return new BidSelection(
        BidSelection.Strategy.valueOf(item.text("strategy")),
        item.find("maxPricePerBlock", Item::text).map(BigDecimal::new),
        Set.copyOf(item.texts("providers")),
        Set.copyOf(item.texts("excludeProviders")),
        item.textsByName("attributes"),
        item.flag("audited"),
        Math.toIntExact(item.number("minBids")),
        Duration.ofMillis(item.number("patienceMillis")));
  }
}
