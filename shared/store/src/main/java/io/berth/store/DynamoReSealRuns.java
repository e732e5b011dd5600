package io.berth.store;

import static io.berth.store.Tables.JOB;

import io.berth.domain.wallet.ReSealRun;
import io.berth.domain.wallet.ReSealRuns;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The job's one row in the table of jobs. */
public final class DynamoReSealRuns implements ReSealRuns {
  private static final String NAME = "re-seal-wallets";
  private static final String REVISION = "revision";

  private final Table table;

  public DynamoReSealRuns(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public Optional<ReSealRun> last() {
    return table.get(Map.of(JOB, Values.text(NAME))).map(DynamoReSealRuns::run);
  }

  @Override
  public boolean keep(ReSealRun run) {
    PutItemRequest.Builder put = PutItemRequest.builder().item(item(run).attributes());
    return table.put(
        run.revision() == 1
            ? put.conditionExpression("attribute_not_exists(#job)")
                .expressionAttributeNames(Map.of("#job", JOB))
            : put.conditionExpression("revision = :before")
                .expressionAttributeValues(Map.of(":before", Values.number(run.revision() - 1))));
  }

  private static Item item(ReSealRun run) {
    Item item =
        Item.empty()
            .text(JOB, NAME)
            .text("masterKey", run.masterKey())
            .number(REVISION, run.revision())
            .number("reSealed", run.counts().reSealed())
            .number("current", run.counts().current())
            .number("overtaken", run.counts().overtaken())
            .number("broken", run.counts().broken())
            .texts("brokenUsers", run.broken())
            .time("startedAt", run.startedAt())
            .time("finishedAt", run.finishedAt());
    run.cursor().ifPresent(cursor -> item.text("after", cursor));
    return item;
  }

  private static ReSealRun run(Item item) {
    return new ReSealRun(
        item.text("masterKey"),
        item.number(REVISION),
        item.has("after") ? Optional.of(item.text("after")) : Optional.empty(),
        new ReSealRun.Counts(
            item.number("reSealed"),
            item.number("current"),
            item.number("overtaken"),
            item.number("broken")),
        item.texts("brokenUsers"),
        item.time("startedAt"),
        item.timeIfAny("finishedAt"));
  }
}
