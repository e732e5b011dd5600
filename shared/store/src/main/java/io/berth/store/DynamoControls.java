package io.berth.store;

import static io.berth.store.Tables.CONTROL;

import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Switches;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
    return switches(table.get(key()));
  }

  String tableName() {
    return table.name();
  }

  static Map<String, AttributeValue> key() {
    return Map.of(CONTROL, Values.text(SIGNING));
  }

  /** The switches in the row; empty if there is none. */
  static Switches switches(Optional<Item> signing) {
    return signing
        .map(row -> new Switches(isOn(row, "halted"), isOn(row, "deploymentsClosed")))
        .orElseGet(() -> new Switches(false, false));
  }

  private static boolean isOn(Item row, String name) {
    return row.has(name) && !Boolean.FALSE.equals(row.attributes().get(name).bool());
  }
}
