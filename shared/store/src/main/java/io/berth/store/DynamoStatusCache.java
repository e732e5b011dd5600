package io.berth.store;

import static io.berth.store.Tables.DEPLOYMENT;
import static io.berth.store.Tables.EXPIRES_AT;
import static io.berth.store.Tables.REPORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.akash.BidId;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.status.StatusCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Status in the reports table, a row for each lease. DynamoDB deletes one that nobody has asked for
 * in a month.
 */
public final class DynamoStatusCache implements StatusCache {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_KEYS = 100;
  private static final Duration KEPT = Duration.ofDays(30);

  /** A row may have 400 KB. */
  private static final int MOST_STATUS_BYTES = 300_000;

  private static final String STATUS = "status";
  private static final String STATUS_AT = "statusAt";
  private static final String PROBLEM = "problem";
  private static final String ASKED_AT = "askedAt";
  private static final String CLAIMED_UNTIL = "claimedUntil";

  private final Table table;

  public DynamoStatusCache(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public Map<BidId, Entry> find(String userId, Collection<BidId> leases) {
    Map<Map<String, AttributeValue>, BidId> byKey = new HashMap<>();
    leases.forEach(lease -> byKey.put(key(userId, lease), lease));
    List<Map<String, AttributeValue>> keys = new ArrayList<>(byKey.keySet());
    Map<BidId, Entry> found = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MOST_KEYS) {
      for (Item item : get(keys.subList(from, Math.min(keys.size(), from + MOST_KEYS)))) {
        found.put(byKey.get(keyOf(item)), entry(item));
      }
    }
    return found;
  }

  private List<Item> get(List<Map<String, AttributeValue>> keys) {
    List<Item> items = new ArrayList<>();
    Map<String, KeysAndAttributes> left =
        Map.of(table.name(), KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    while (!left.isEmpty()) {
      Map<String, KeysAndAttributes> now = left;
      BatchGetItemResponse response = table.client().batchGetItem(get -> get.requestItems(now));
      response
          .responses()
          .getOrDefault(table.name(), List.of())
          .forEach(attributes -> items.add(Item.of(attributes)));
      left = response.unprocessedKeys();
    }
    return items;
  }

  @Override
  public boolean claim(String userId, BidId lease, Instant now, Instant until) {
    return table
        .update(
            UpdateItemRequest.builder()
                .key(key(userId, lease))
                .updateExpression("SET claimedUntil = :until, expiresAt = :expiry")
                .conditionExpression("attribute_not_exists(claimedUntil) OR claimedUntil <= :now")
                .expressionAttributeValues(
                    Map.of(
                        ":until", Values.time(until),
                        ":now", Values.time(now),
                        ":expiry", Values.number(expiry(now)))))
        .isPresent();
  }

  @Override
  public boolean put(String userId, BidId lease, KnownStatus known, Instant claim) {
    return table.put(
        PutItemRequest.builder()
            .item(item(userId, lease, known).attributes())
            .conditionExpression("claimedUntil = :claim")
            .expressionAttributeValues(Map.of(":claim", Values.time(claim))));
  }

  private static Item item(String userId, BidId lease, KnownStatus known) {
    Item item =
        Item.of(key(userId, lease))
            .time(ASKED_AT, known.askedAt())
            .number(EXPIRES_AT, expiry(known.askedAt()));
    known.problem().ifPresent(problem -> item.text(PROBLEM, problem));
    known
        .reported()
        .ifPresent(
            reported -> {
              String json = JSON.writeValueAsString(reported.status());
              if (json.getBytes(UTF_8).length > MOST_STATUS_BYTES) {
                item.text(PROBLEM, "the provider's answer is too long");
              } else {
                item.text(STATUS, json).time(STATUS_AT, reported.at());
              }
            });
    return item;
  }

  private static Entry entry(Item item) {
    return new Entry(
        item.timeIfAny(ASKED_AT)
            .map(
                askedAt ->
                    new KnownStatus(
                        item.timeIfAny(STATUS_AT).map(at -> reported(item, at)),
                        item.has(PROBLEM) ? Optional.of(item.text(PROBLEM)) : Optional.empty(),
                        askedAt)),
        item.timeIfAny(CLAIMED_UNTIL));
  }

  private static KnownStatus.Reported reported(Item item, Instant at) {
    return new KnownStatus.Reported(JSON.readValue(item.text(STATUS), LeaseStatus.class), at);
  }

  private static long expiry(Instant now) {
    return now.plus(KEPT).getEpochSecond();
  }

  private static Map<String, AttributeValue> key(String userId, BidId lease) {
    return Map.of(
        DEPLOYMENT, Values.text(Reports.deployment(userId, lease.order().dseq())),
        REPORT, Values.text("status/" + Reports.lease(lease)));
  }

  private static Map<String, AttributeValue> keyOf(Item item) {
    return Map.of(
        DEPLOYMENT, Values.text(item.text(DEPLOYMENT)), REPORT, Values.text(item.text(REPORT)));
  }
}
