package io.berth.store;

import static io.berth.store.Tables.CONTROL;

import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Switches;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The operator's switches: one row, {@code name = signing}, of booleans. Operators write it by hand
 * (docs/operate.md), so whatever is neither missing nor {@code false} counts as on.
 */
public final class DynamoControls implements Controls {
  private static final String SIGNING = "signing";
  private final Table table;

  public DynamoControls(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public Switches read() {
    return table
        .get(Map.of(CONTROL, Values.text(SIGNING)))
        .map(row -> new Switches(isOn(row, "halted"), isOn(row, "deploymentsClosed")))
        .orElseGet(() -> new Switches(false, false));
  }

  private static boolean isOn(Item row, String name) {
    return row.has(name) && !Boolean.FALSE.equals(row.attributes().get(name).bool());
  }
}
