package io.berth.store;

import static io.berth.store.Tables.USER_ID;

import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Revision;
import io.berth.domain.budget.Spending;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Budgets by {@code userId}. A row is replaced only if its version is the one that was read. */
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
        .get(Map.of(USER_ID, Values.text(userId)))
        .map(DynamoBudgets::budget)
        .orElseGet(() -> Budget.fresh(userId));
  }

  @Override
  public boolean sign(
      Intent intent, IntentState.Signed signed, Revision<Budget> budget, Revision<Grants> changed) {
    return table.transact(
        table.replacement(item(budget.next()), budget.seen().version()),
        grants.replacement(changed),
        TransactWriteItem.builder().update(intents.transition(intent, signed)).build());
  }

  private static Item item(Budget budget) {
    return Item.empty()
        .text(USER_ID, budget.userId())
        .number(Table.VERSION, budget.version())
        .text("day", budget.day().toString())
        .amount("fees", budget.spent().fees())
        .amount("deposits", budget.spent().deposits());
  }

  private static Budget budget(Item item) {
    return new Budget(
        item.text(USER_ID),
        item.number(Table.VERSION),
        LocalDate.parse(item.text("day")),
        new Spending(item.amount("fees"), item.amount("deposits")));
  }
}
