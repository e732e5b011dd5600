package io.berth.store;

import io.berth.local.aws.Emulator;
import io.berth.local.aws.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every table, as {@link Tables} says, in an emulator of AWS. */
final class LocalTables implements AutoCloseable {
  static final String API_KEYS = "ApiKeys";
  static final String USERS = "Users";
  static final String WALLETS = "Wallets";
  static final String DEPLOYMENTS = "Deployments";
  static final String REQUESTS = "Requests";
  static final String REPORTS = "Reports";
  static final String INTENTS = "Intents";
  static final String OPERATIONS = "Operations";
  static final String JOBS = "Jobs";
  static final String BUDGETS = "Budgets";
  static final String CONTROLS = "Controls";

  private static final TableDefinition.Key BY_USER =
      new TableDefinition.Key(Tables.USER_ID, Optional.empty());

  private final Emulator aws = Emulator.start();

  LocalTables() {
    aws.createTables(
        List.of(
            TableDefinition.of(
                API_KEYS,
                new TableDefinition.Key(Tables.PK, Optional.of(Tables.SK)),
                Map.of(Tables.PK, "S", Tables.SK, "S")),
            TableDefinition.of(USERS, BY_USER, Map.of(Tables.USER_ID, "S")),
            TableDefinition.of(WALLETS, BY_USER, Map.of(Tables.USER_ID, "S")),
            TableDefinition.of(
                DEPLOYMENTS,
                new TableDefinition.Key(Tables.USER_ID, Optional.of(Tables.DSEQ)),
                Map.of(Tables.USER_ID, "S", Tables.DSEQ, "N")),
            TableDefinition.of(
                REQUESTS,
                new TableDefinition.Key(Tables.USER_ID, Optional.of(Tables.REQUEST_KEY)),
                Map.of(Tables.USER_ID, "S", Tables.REQUEST_KEY, "S")),
            TableDefinition.of(
                REPORTS,
                new TableDefinition.Key(Tables.DEPLOYMENT, Optional.of(Tables.REPORT)),
                Map.of(Tables.DEPLOYMENT, "S", Tables.REPORT, "S")),
            TableDefinition.of(
                INTENTS,
                new TableDefinition.Key(Tables.INTENT_ID, Optional.empty()),
                Map.of(Tables.INTENT_ID, "S")),
            new TableDefinition(
                OPERATIONS,
                new TableDefinition.Key(Tables.OPERATION_ID, Optional.empty()),
                Map.of(Tables.OPERATION_ID, "S", Tables.UNFINISHED, "S", Tables.STARTED_AT, "S"),
                List.of(
                    new TableDefinition.Index(
                        Tables.UNFINISHED,
                        new TableDefinition.Key(Tables.UNFINISHED, Optional.of(Tables.STARTED_AT)),
                        "ALL",
                        List.of())),
                Optional.empty()),
            TableDefinition.of(
                JOBS,
                new TableDefinition.Key(Tables.JOB, Optional.empty()),
                Map.of(Tables.JOB, "S")),
            TableDefinition.of(BUDGETS, BY_USER, Map.of(Tables.USER_ID, "S")),
            TableDefinition.of(
                CONTROLS,
                new TableDefinition.Key(Tables.CONTROL, Optional.empty()),
                Map.of(Tables.CONTROL, "S"))));
  }

  DynamoDbClient client() {
    return aws.dynamoDb();
  }

  @Override
  public void close() {
    aws.close();
  }
}
