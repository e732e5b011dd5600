package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's switches, set by the very commands of the runbook on the running system. */
@ExtendWith(RunningBerth.class)
class HaltTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A command of docs/operate.md, by what it sets. */
  private record Command(String table, String key, Optional<String> condition, String update) {
    private static final Pattern FORM =
        Pattern.compile(
            "aws dynamodb update-item --table-name \"\\$\\(table (\\w+)\\)\" --key '([^']+)'"
                + "[\\s\\\\]+(?:--condition-expression '([^']+)'[\\s\\\\]+)?"
                + "--update-expression '([^']+)'"
                + " --expression-attribute-values '\\{\":on\": \\{\"BOOL\": (?:true|false)}}'");

    static Command thatSets(String attribute) throws IOException {
      Matcher command =
          FORM.matcher(Files.readString(RunningBerth.root().resolve("docs/operate.md")));
      while (command.find()) {
        if (command.group(4).equals("SET " + attribute + " = :on")) {
          return new Command(
              command.group(1),
              command.group(2),
              Optional.ofNullable(command.group(3)),
              command.group(4));
        }
      }
      throw new AssertionError("the runbook has no command that sets " + attribute);
    }

    void run(RunningBerth.Town town, String userId, boolean on) {
      Map<String, AttributeValue> row = new HashMap<>();
      JsonNode json = JSON.readTree(key.replace("USER_ID", userId));
      json.properties()
          .forEach(
              part ->
                  row.put(
                      part.getKey(), AttributeValue.fromS(part.getValue().get("S").asString())));
      try (DynamoDbClient dynamoDb = town.berth().aws().dynamoDbClient()) {
        dynamoDb.updateItem(
            set ->
                set.tableName(table)
                    .key(row)
                    .updateExpression(update)
                    .conditionExpression(condition.orElse(null))
                    .expressionAttributeValues(Map.of(":on", AttributeValue.fromBool(on))));
      }
    }
  }

  @Test
  void everythingHaltsAndGoesOn(RunningBerth.Town town) throws IOException {
    Command halt = Command.thatSets("halted");
    User ann = town.user();
    Answer refused;
    halt.run(town, ann.id(), true);
    try {
      refused = create(ann, "k1");
      assertThat(ann.api().get("/v1/deployments").data().get("deployments")).isEmpty();
    } finally {
      halt.run(town, ann.id(), false);
    }

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body().get("message").asString()).contains("halted by the operator");
    assertThat(refused.body().get("retryable").asBoolean()).isTrue();
    Answer resumed = create(ann, "k1");
    assertThat(resumed.status()).isEqualTo(201);
    assertThat(ann.api().get("/v1/deployments").data().get("deployments")).hasSize(1);
    assertThat(close(ann, resumed).status()).isEqualTo(200);
  }

  @Test
  void newDeploymentsCloseWhileOldOnesGoOn(RunningBerth.Town town) throws IOException {
    Command closing = Command.thatSets("deploymentsClosed");
    User ann = town.user();
    Answer before = create(ann, "k1");
    closing.run(town, ann.id(), true);
    try {
      Answer refused = create(ann, "k2");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body().get("message").asString()).contains("no-new-deployments");
      assertThat(close(ann, before).status()).isEqualTo(200);
    } finally {
      closing.run(town, ann.id(), false);
    }
  }

  @Test
  void oneWalletHaltsAndTheOthersGoOn(RunningBerth.Town town) throws IOException {
    Command disable = Command.thatSets("enabled");
    User ann = town.user();
    User bob = town.user();
    disable.run(town, ann.id(), false);

    Answer refused = create(ann, "k1");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().get("message").asString()).contains("wallet-enabled");
    Answer others = create(bob, "k1");
    assertThat(others.status()).isEqualTo(201);
    assertThat(close(bob, others).status()).isEqualTo(200);
  }

  private static Answer create(User user, String key) {
    return user.api()
        .withHeader("Idempotency-Key", key)
        .post("/v1/deployments", Sdls.create(Sdls.small(), 1));
  }

  private static Answer close(User user, Answer created) {
    return user.api().delete("/v1/deployments/" + created.data().get("dseq").asString());
  }
}
