package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.GatewayResponse;
import io.berth.local.gateway.ResponseType;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.OpenApi.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Errors have one shape, whoever answers: gateway, authorizer, handler. That each fits the schema
 * is watched on every request (see {@link OpenApi#hold}); here are the requests.
 */
@ExtendWith(RunningBerth.class)
class ErrorShapeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<Operation> protectedOperations() {
    return OpenApi.ours().operations().stream().filter(operation -> !operation.isPublic());
  }

  static Stream<Operation> operationsWithBody() {
    return OpenApi.ours().operations().stream()
        .filter(operation -> operation.definition().has("requestBody"))
        .filter(operation -> operation.definition().at("/security/0").has("ApiKey"));
  }

  @ParameterizedTest
  @MethodSource("protectedOperations")
  void asksWhoCallsBeforeItReadsAnything(Operation operation, RunningBerth.Town town) {
    String nonsense = operation.path().replaceAll("\\{[^}]+}", "nonsense");
    Answer nobody =
        town.stranger(Optional.empty())
            .sendText(operation.method(), nonsense, "text/plain", "nonsense");
    Answer wrong =
        town.stranger(Optional.of("ac.sk.local.wrong"))
            .sendText(operation.method(), nonsense, "text/plain", "nonsense");

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.body().get("message").asString()).isEqualTo("Unauthorized");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().get("message").asString()).isEqualTo("Invalid API key");
  }

  @ParameterizedTest
  @MethodSource("operationsWithBody")
  void readsOnlyJsonOfBoundedSizeThatNamesEachMemberOnce(
      Operation operation, RunningBerth.Town town) {
    ApiClient ann = town.shared().api();
    String path = Requests.example(operation).path();

    Answer text = ann.sendText(operation.method(), path, "text/plain", "{}");
    assertThat(text.status()).as(text.toString()).isEqualTo(415);
    String large = "{\"data\":\"" + "x".repeat(512 * 1024) + "\"}";
    Answer tooLarge = ann.sendText(operation.method(), path, "application/json", large);
    assertThat(tooLarge.status()).isEqualTo(413);
    String deep = "[".repeat(50_000) + "]".repeat(50_000);
    for (String bad : List.of("", "{", "{\"data\":1,\"data\":2}", "{}{}", deep)) {
      Answer malformed = ann.sendText(operation.method(), path, "application/json", bad);
      assertThat(malformed.status()).as(bad).isEqualTo(400);
      assertThat(malformed.body().get("message").asString())
          .isEqualTo("Malformed JSON in request body");
    }
  }

  @Test
  void namesEveryFieldThatItDoesNotKnow(RunningBerth.Town town) {
    Answer answer =
        town.shared()
            .api()
            .post(
                "/v1/deployments",
                Map.of("data", Map.of("sdl", Sdls.small(), "deposit", 1, "deposti", 2)));

    assertThat(answer.status()).isEqualTo(400);
    JsonNode issue = answer.body().get("data").get(0);
    assertThat(issue.get("code").asString()).isEqualTo("unrecognized_keys");
    assertThat(issue.get("pointer").asString()).isEqualTo("/data");
    assertThat(issue.get("message").asString()).contains("deposti");
  }

  @Test
  void answersUnknownPathsAndMethodsAlike(RunningBerth.Town town) {
    ApiClient ann = town.shared().api();

    assertThat(ann.get("/v1/nothing/here").status()).isEqualTo(404);
    assertThat(ann.send("PATCH", "/v1/deployments", Map.of()).status()).isEqualTo(404);
    assertThat(ann.send("POST", "/v1/bids/1", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void answersWhatEvenTheGatewayDoesNotTake(RunningBerth.Town town) {
    String huge = "x".repeat(11 * 1024 * 1024);

    assertThat(town.shared().api().postText("/v1/deployments", huge).status()).isEqualTo(413);
  }

  /**
   * Throttling and a broken authorizer are not to be had here on demand: what the template says.
   */
  @Test
  void everyAnswerOfTheGatewayHasEveryMemberAndTheRequestsId() {
    Map<ResponseType, GatewayResponse> responses = ContractTest.template().gatewayResponses();
    assertThat(responses)
        .containsKeys(ResponseType.THROTTLED, ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX);
    responses.forEach(
        (type, response) -> {
          String text =
              response
                  .templates()
                  .get("application/json")
                  .replace("$context.error.messageString", "\"m\"")
                  .replace("$context.authorizer.message", "m")
                  .replace("$context.requestId", "r-1");
          JsonNode body = JSON.readTree(text);
          OpenApi.ours().holdError(type.toString(), body);
          assertThat(body.get("status").asInt())
              .as(type.toString())
              .isEqualTo(response.statusCode().orElse(0));
          assertThat(response.headers())
              .as(type.toString())
              .containsEntry("X-Request-Id", "context.requestId");
        });
  }
}
