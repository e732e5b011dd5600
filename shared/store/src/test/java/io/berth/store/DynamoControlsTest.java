package io.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.ledger.Switches;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoControlsTest {
  private static LocalTables tables;
  private static DynamoControls controls;

  @BeforeAll
  static void start() {
    tables = new LocalTables();
    controls = new DynamoControls(tables.client(), LocalTables.CONTROLS);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  private static Switches with(Map<String, AttributeValue> row) {
    tables
        .client()
        .putItem(
            put ->
                put.tableName(LocalTables.CONTROLS)
                    .item(Item.of(row).text(Tables.CONTROL, "signing").attributes()));
    return controls.read();
  }

  @Test
  void isOffUntilAnOperatorSetsIt() {
    tables
        .client()
        .deleteItem(
            delete ->
                delete
                    .tableName(LocalTables.CONTROLS)
                    .key(Map.of(Tables.CONTROL, Values.text("signing"))));

    assertThat(controls.read()).isEqualTo(new Switches(false, false));
    assertThat(with(Map.of())).isEqualTo(new Switches(false, false));
  }

  @Test
  void readsEachSwitch() {
    AttributeValue on = AttributeValue.fromBool(true);
    AttributeValue off = AttributeValue.fromBool(false);

    assertThat(with(Map.of("halted", on))).isEqualTo(new Switches(true, false));
    assertThat(with(Map.of("halted", off, "deploymentsClosed", on)))
        .isEqualTo(new Switches(false, true));
    assertThat(with(Map.of("halted", off, "deploymentsClosed", off)))
        .isEqualTo(new Switches(false, false));
  }

  @Test
  void takesWhatItDoesNotUnderstandForOn() {
    assertThat(with(Map.of("halted", AttributeValue.fromS("true"))))
        .isEqualTo(new Switches(true, false));
    assertThat(with(Map.of("halted", AttributeValue.fromS("no"))))
        .isEqualTo(new Switches(true, false));
  }
}
