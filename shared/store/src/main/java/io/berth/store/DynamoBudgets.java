package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Budgets by {@code userId}. A row is replaced only if its version is the one that was read. */
public final class DynamoBudgets implements Budgets {
  private static final String VERSION = "version";
  private final Table table;
  private final DynamoIntents intents;

  public DynamoBudgets(DynamoDbClient client, String tableName, DynamoIntents intents) {
    this.table = new Table(client, tableName);
    this.intents = intents;
  }

  @Override
  public Budget of(String userId) {
    return table
        .get(Map.of(USER_ID, Values.text(userId)))
        .map(DynamoBudgets::budget)
        .orElseGet(() -> Budget.fresh(userId));
  }

  @Override
  public boolean sign(Budget seen, Budget next, Intent intent, IntentState.Signed signed) {
    return table.transact(
        TransactWriteItem.builder().put(replacement(seen, next)).build(),
        TransactWriteItem.builder().update(intents.transition(intent, signed)).build());
  }

  private Put replacement(Budget seen, Budget next) {
    Put.Builder put = Put.builder().tableName(table.name()).item(item(next).attributes());
    return seen.version() == 0
        ? put.conditionExpression("attribute_not_exists(userId)").build()
        : put.conditionExpression("#version = :seen")
            .expressionAttributeNames(Map.of("#version", VERSION))
            .expressionAttributeValues(Map.of(":seen", Values.number(seen.version())))
            .build();
  }

  private static Item item(Budget budget) {
    return Item.empty()
        .text(USER_ID, budget.userId())
        .number(VERSION, budget.version())
        .text("day", budget.day().toString())
        .amount("fees", budget.spent().fees())
        .amount("deposits", budget.spent().deposits());
  }

  private static Budget budget(Item item) {
    return new Budget(
        item.text(USER_ID),
        item.number(VERSION),
        LocalDate.parse(item.text("day")),
        new Spending(item.amount("fees"), item.amount("deposits")));
  }
}
