package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.KeyedRequest;
import io.berth.domain.request.KeyedRequests;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SpendingHandlerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final Map<String, KeyedRequest> rows = new HashMap<>();
  private final List<RequestId> worked = new ArrayList<>();
  private Supplier<ApiResponse> behaviour = () -> ApiResponse.created(Map.of("dseq", "1"));
  private int requests;

  private final SpendingHandler handler =
      new SpendingHandler(
          new SafeRetries(new Rows(), Duration.ofSeconds(30), () -> NOW), () -> NOW) {
        @Override
        protected ApiResponse handle(ApiRequest request, RequestId id) {
          worked.add(id);
          return behaviour.get();
        }
      };

  private final class Rows implements KeyedRequests {
    @Override
    public boolean create(KeyedRequest request, Instant forgotten) {
      return rows.putIfAbsent(request.key(), request) == null;
    }

    @Override
    public Optional<KeyedRequest> find(String userId, String key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public boolean replace(KeyedRequest from, KeyedRequest next) {
      return rows.replace(from.key(), from, next);
    }
  }

  private APIGatewayProxyResponseEvent post(String key, String body) {
    APIGatewayProxyRequestEvent.ProxyRequestContext context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext().withRequestId("r" + ++requests);
    context.setAuthorizer(Map.of("userId", "ann", "keyId", "k", "scopes", "*"));
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource("/v1/deployments")
            .withPath("/v1/deployments")
            .withHeaders(key.isEmpty() ? Map.of() : Map.of("idempotency-key", key))
            .withBody(body)
            .withRequestContext(context),
        null);
  }

  @Test
  void worksOnceForEveryRequestWithoutAKey() {
    post("", "{}");
    post("", "{}");

    assertThat(worked).containsExactly(new RequestId("r1", NOW), new RequestId("r2", NOW));
  }

  @Test
  void givesAFinalAnswerAgainAndSaysSo() {
    APIGatewayProxyResponseEvent first = post("k1", "{}");
    APIGatewayProxyResponseEvent again = post("k1", "{}");

    assertThat(worked).hasSize(1);
    assertThat(again.getStatusCode()).isEqualTo(201);
    assertThat(again.getBody()).isEqualTo(first.getBody());
    assertThat(first.getHeaders()).doesNotContainKey("Idempotent-Replayed");
    assertThat(again.getHeaders()).containsEntry("Idempotent-Replayed", "true");
  }

  @Test
  void showsASecretOnceAndNeverKeepsIt() {
    behaviour =
        () ->
            ApiResponse.created(
                Map.of("id", "7", "nested", List.of(Map.of("key", ShownOnce.of("secret-text")))));

    assertThat(post("k1", "{}").getBody()).contains("\"key\":\"secret-text\"");
    assertThat(rows.toString()).contains("\"key\":null").doesNotContain("secret-text");
    APIGatewayProxyResponseEvent again = post("k1", "{}");
    assertThat(again.getStatusCode()).isEqualTo(201);
    assertThat(again.getBody()).contains("\"id\":\"7\"").contains("\"key\":null");
    assertThat(behaviour.get().toString()).doesNotContain("secret-text");
  }

  @Test
  void showsNoSecretOfWorkThatAnotherHasTakenOver() {
    behaviour =
        () -> {
          rows.compute(
              "k1",
              (key, row) ->
                  new KeyedRequest(
                      row.userId(),
                      row.key(),
                      row.fingerprint(),
                      row.id(),
                      NOW.plusSeconds(60),
                      row.answer()));
          return ApiResponse.created(Map.of("key", ShownOnce.of("secret-text")));
        };

    APIGatewayProxyResponseEvent late = post("k1", "{}");

    assertThat(late.getStatusCode()).isEqualTo(409);
    assertThat(late.getBody()).doesNotContain("secret-text");
  }

  @Test
  void givesAFinalRefusalAgain() {
    behaviour =
        () -> {
          throw new Refusal(new Problem.Impossible("Deployment closed"));
        };
    post("k1", "{}");

    assertThat(post("k1", "{}").getStatusCode()).isEqualTo(400);
    assertThat(worked).hasSize(1);
  }

  @Test
  void takesWorkUpAgainWhoseOutcomeIsNotKnown() {
    behaviour =
        () -> {
          throw new Refusal(new Problem.OutcomeUnknown("not known yet"));
        };
    assertThat(post("k1", "{}").getStatusCode()).isEqualTo(503);
    behaviour = () -> ApiResponse.created(Map.of());

    assertThat(post("k1", "{}").getStatusCode()).isEqualTo(201);
    assertThat(worked).containsExactly(new RequestId("r1", NOW), new RequestId("r1", NOW));
  }

  @Test
  void refusesAKeyWithAnotherBody() {
    post("k1", "{}");

    assertThat(post("k1", "{ }").getStatusCode()).isEqualTo(422);
    assertThat(worked).hasSize(1);
  }

  @Test
  void saysWhenToComeBackWhileTheFirstIsAtWork() {
    behaviour =
        () -> {
          APIGatewayProxyResponseEvent second = post("k1", "{}");
          assertThat(second.getStatusCode()).isEqualTo(409);
          assertThat(second.getHeaders()).containsEntry("Retry-After", "30");
          return ApiResponse.created(Map.of());
        };

    assertThat(post("k1", "{}").getStatusCode()).isEqualTo(201);
    assertThat(worked).hasSize(1);
  }

  @Test
  void refusesAKeyThatIsNoName() {
    for (String key : List.of(" ", "a b", "ü", "k".repeat(256))) {
      assertThat(post(key, "{}").getStatusCode()).as(key).isEqualTo(400);
    }
    assertThat(worked).isEmpty();
  }
}
