package io.berth.store;

import static io.berth.store.Tables.DEPLOYMENT;
import static io.berth.store.Tables.EXPIRES_AT;
import static io.berth.store.Tables.REPORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.status.StatusCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Status in the reports table, a row for each lease: {@code deployment = userId/statuses, report =
 * dseq/gseq/oseq/provider}, so that those of a user, or of a deployment, are found by one query.
 * DynamoDB deletes one that nobody has asked for in a week.
 */
public final class DynamoStatusCache implements StatusCache {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration KEPT = Duration.ofDays(7);

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
  public Map<BidId, Entry> of(String userId, long dseq) {
    return entries(
        table.all(
            "deployment = :statuses AND begins_with(report, :dseq)",
            Map.of(
                ":statuses", Values.text(Reports.statuses(userId)),
                ":dseq", Values.text(dseq + "/"))));
  }

  @Override
  public Map<BidId, Entry> all(String userId) {
    return entries(
        table.all(
            "deployment = :statuses", Map.of(":statuses", Values.text(Reports.statuses(userId)))));
  }

  private static Map<BidId, Entry> entries(Stream<Item> rows) {
    return rows.collect(Collectors.toMap(DynamoStatusCache::lease, DynamoStatusCache::entry));
  }

  @Override
  public boolean claim(String userId, BidId lease, Instant now, Instant until) {
    return table
        .update(
            UpdateItemRequest.builder()
                .key(key(userId, lease))
                .updateExpression(
                    "SET claimedUntil = :until, expiresAt = :expiry, #owner = :owner, bseq = :bseq")
                .conditionExpression("attribute_not_exists(claimedUntil) OR claimedUntil <= :now")
                .expressionAttributeNames(Map.of("#owner", Reports.OWNER))
                .expressionAttributeValues(
                    Map.of(
                        ":until", Values.time(until),
                        ":now", Values.time(now),
                        ":expiry", Values.number(expiry(now)),
                        ":owner", Values.text(lease.order().owner()),
                        ":bseq", Values.number(lease.bseq()))))
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

  @Override
  public void forget(String userId, Collection<BidId> leases) {
    for (BidId lease : leases) {
      boolean _ = table.delete(key(userId, lease));
    }
  }

  private static Item item(String userId, BidId lease, KnownStatus known) {
    Item item =
        Item.of(key(userId, lease))
            .text(Reports.OWNER, lease.order().owner())
            .number(Reports.BSEQ, lease.bseq())
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
        DEPLOYMENT, Values.text(Reports.statuses(userId)),
        REPORT, Values.text(lease.order().dseq() + "/" + Reports.lease(lease)));
  }

  private static BidId lease(Item item) {
    String[] key = item.text(REPORT).split("/", 4);
    OrderId order =
        new OrderId(
            item.text(Reports.OWNER),
            Long.parseLong(key[0]),
            Integer.parseInt(key[1]),
            Integer.parseInt(key[2]));
    return new BidId(order, key[3], Math.toIntExact(item.number(Reports.BSEQ)));
  }
}
