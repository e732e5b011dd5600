package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.budget.SigningFacts;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Budgets by {@code userId}. A charge is added to what is there, on the condition that there is
 * room for it, so that signatures of one wallet need not wait for each other.
 */
public final class DynamoBudgets implements Budgets {
  private final DynamoDbClient client;
  private final Table table;
  private final DynamoIntents intents;
  private final DynamoGrantRecords grants;
  private final DynamoWallets wallets;
  private final DynamoControls controls;

  /** The budgets, and the tables that a signature reads and writes with them. */
  public DynamoBudgets(
      DynamoDbClient client,
      String tableName,
      DynamoIntents intents,
      DynamoGrantRecords grants,
      DynamoWallets wallets,
      DynamoControls controls) {
    this.client = client;
    this.table = new Table(client, tableName);
    this.intents = intents;
    this.grants = grants;
    this.wallets = wallets;
    this.controls = controls;
  }

  @Override
  public SigningFacts facts(String userId, String intentId) {
    Map<String, List<Item>> rows =
        BatchRead.read(
            client,
            Map.of(
                intents.tableName(), BatchRead.consistent(DynamoIntents.key(intentId)),
                wallets.tableName(), BatchRead.consistent(DynamoWallets.key(userId)),
                table.name(), BatchRead.consistent(key(userId)),
                grants.tableName(), DynamoGrantRecords.changeOf(userId, intentId),
                controls.tableName(), BatchRead.consistent(DynamoControls.key())));
    return new SigningFacts(
        only(rows, intents.tableName()).map(DynamoIntents::intent),
        only(rows, wallets.tableName()).map(DynamoWallets::wallet),
        only(rows, table.name())
            .map(row -> budget(userId, row))
            .orElseGet(() -> Budget.fresh(userId)),
        only(rows, grants.tableName()).filter(DynamoGrantRecords::isChanging).isPresent(),
        DynamoControls.switches(only(rows, controls.tableName())));
  }

  private static Optional<Item> only(Map<String, List<Item>> rows, String table) {
    return rows.getOrDefault(table, List.of()).stream().findFirst();
  }

  private static Budget budget(String userId, Item row) {
    return new Budget(
        userId,
        LocalDate.parse(row.text("day")),
        new Spending(row.integer("fees"), row.integer("deposits")));
  }

  @Override
  public boolean sign(Intent intent, IntentState.Signed signed, Charge charge) {
    Budget seen = charge.seen();
    Update spending = seen.day().equals(charge.today()) ? addition(charge) : firstOfDay(charge);
    return table.transact(
        TransactWriteItem.builder().update(spending).build(),
        TransactWriteItem.builder().update(grants.taking(seen.userId(), intent.id())).build(),
        TransactWriteItem.builder().update(intents.transition(intent, signed)).build());
  }

  private Update addition(Charge charge) {
    Item values =
        Item.empty()
            .text(":today", charge.today().toString())
            .integer(":fees", charge.cost().fees())
            .integer(":deposits", charge.cost().deposits())
            .integer(":feesBefore", charge.most().fees().subtract(charge.cost().fees()));
    String condition = "#day = :today AND fees <= :feesBefore";
    if (charge.cost().deposits().signum() > 0) {
      BigInteger left = charge.most().deposits().subtract(charge.cost().deposits());
      values.integer(":depositsBefore", left);
      condition += " AND deposits <= :depositsBefore";
    }
    return update(charge)
        .updateExpression("SET fees = fees + :fees, deposits = deposits + :deposits")
        .conditionExpression(condition)
        .expressionAttributeValues(values.attributes())
        .build();
  }

  private Update firstOfDay(Charge charge) {
    return update(charge)
        .updateExpression("SET #day = :today, fees = :fees, deposits = :deposits")
        .conditionExpression("attribute_not_exists(#day) OR #day = :seen")
        .expressionAttributeValues(
            Item.empty()
                .text(":today", charge.today().toString())
                .text(":seen", charge.seen().day().toString())
                .integer(":fees", charge.cost().fees())
                .integer(":deposits", charge.cost().deposits())
                .attributes())
        .build();
  }

  private Update.Builder update(Charge charge) {
    return Update.builder()
        .tableName(table.name())
        .key(key(charge.seen().userId()))
        .expressionAttributeNames(Map.of("#day", "day"));
  }

  private static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Values.text(userId));
  }
}
