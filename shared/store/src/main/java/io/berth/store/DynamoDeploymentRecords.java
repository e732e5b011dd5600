package io.berth.store;

import static io.berth.store.Tables.DSEQ;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.akash.Coin;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Deployments by {@code userId} and {@code dseq}. */
public final class DynamoDeploymentRecords implements DeploymentRecords {
  private final Table table;

  public DynamoDeploymentRecords(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public boolean create(DeploymentRecord record) {
    return table.create(
        Item.empty()
            .text(USER_ID, record.userId())
            .number(DSEQ, record.dseq())
            .text("requestId", record.requestId())
            .text("owner", record.owner())
            .text("state", record.state().name())
            .text("sdl", record.sdl())
            .text("manifest", record.manifest())
            .text("hash", record.hash())
            .text("depositDenom", record.deposit().denom())
            .amount("depositAmount", record.deposit().amount())
            .time("createdAt", record.createdAt())
            .time("updatedAt", record.updatedAt()),
        USER_ID);
  }

  @Override
  public Optional<DeploymentRecord> find(String userId, long dseq) {
    return table.get(key(userId, dseq)).map(DynamoDeploymentRecords::record);
  }

  @Override
  public void setState(String userId, long dseq, DeploymentRecord.State state, Instant at) {
    table.update(
        existing(userId, dseq)
            .updateExpression("SET #state = :state, stateChangedAt = :at")
            .expressionAttributeNames(Map.of("#state", "state"))
            .expressionAttributeValues(
                Map.of(":state", Values.text(state.name()), ":at", Values.time(at))));
  }

  @Override
  public void setManifest(
      String userId, long dseq, String sdl, String manifest, String hash, Instant at) {
    table.update(
        existing(userId, dseq)
            .updateExpression(
                "SET sdl = :sdl, manifest = :manifest, #hash = :hash, updatedAt = :at")
            .expressionAttributeNames(Map.of("#hash", "hash"))
            .expressionAttributeValues(
                Map.of(
                    ":sdl", Values.text(sdl),
                    ":manifest", Values.text(manifest),
                    ":hash", Values.text(hash),
                    ":at", Values.time(at))));
  }

  private static UpdateItemRequest.Builder existing(String userId, long dseq) {
    return UpdateItemRequest.builder()
        .key(key(userId, dseq))
        .conditionExpression("attribute_exists(userId)");
  }

  private static Map<String, AttributeValue> key(String userId, long dseq) {
    return Map.of(USER_ID, Values.text(userId), DSEQ, Values.number(dseq));
  }

  private static DeploymentRecord record(Item item) {
    return new DeploymentRecord(
        item.text(USER_ID),
        item.number(DSEQ),
        item.text("requestId"),
        item.text("owner"),
        DeploymentRecord.State.valueOf(item.text("state")),
        item.text("sdl"),
        item.text("manifest"),
        item.text("hash"),
        new Coin(item.text("depositDenom"), item.amount("depositAmount")),
        item.time("createdAt"),
        item.time("updatedAt"));
  }
}
