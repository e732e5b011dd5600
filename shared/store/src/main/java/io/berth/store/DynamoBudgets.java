package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Budgets by {@code userId}. A charge is added to what is there, on the condition that there is
 * room for it, so that signatures of one wallet need not wait for each other.
 */
public final class DynamoBudgets implements Budgets {
  private final Table table;
  private final DynamoIntents intents;
  private final DynamoGrantRecords grants;

  public DynamoBudgets(
      DynamoDbClient client, String tableName, DynamoIntents intents, DynamoGrantRecords grants) {
    this.table = new Table(client, tableName);
    this.intents = intents;
    this.grants = grants;
  }

  @Override
  public Budget of(String userId) {
    return table
        .get(key(userId))
        .map(
            row ->
                new Budget(
                    userId,
                    LocalDate.parse(row.text("day")),
                    new Spending(row.integer("fees"), row.integer("deposits"))))
        .orElseGet(() -> Budget.fresh(userId));
  }

  @Override
  public boolean sign(Intent intent, IntentState.Signed signed, Charge charge) {
    Budget seen = charge.seen();
    Update spending = seen.day().equals(charge.today()) ? addition(charge) : firstOfDay(charge);
    return table.transact(
        TransactWriteItem.builder().update(spending).build(),
        TransactWriteItem.builder().update(grants.flight(seen.userId(), intent.id())).build(),
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
