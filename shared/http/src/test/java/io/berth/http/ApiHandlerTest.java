package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class ApiHandlerTest {

  private static APIGatewayProxyResponseEvent answer(
      Function<ApiRequest, ApiResponse> behaviour, APIGatewayProxyRequestEvent event) {
    ApiHandler handler =
        new ApiHandler() {
          @Override
          protected ApiResponse handle(ApiRequest request) {
            return behaviour.apply(request);
          }
        };
    return handler.handleRequest(event, null);
  }

  private static APIGatewayProxyRequestEvent event(Map<String, Object> authorizer) {
    APIGatewayProxyRequestEvent.ProxyRequestContext context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext().withRequestId("req-1");
    context.setAuthorizer(authorizer);
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod("GET")
        .withResource("/v1/deployments/{dseq}")
        .withHeaders(Map.of("content-type", "application/json; charset=utf-8"))
        .withRequestContext(context);
  }

  private static final APIGatewayProxyRequestEvent ANN =
      event(Map.of("userId", "ann", "keyId", "k", "scopes", "deployments:read logs:read"));

  private static JsonNode body(APIGatewayProxyResponseEvent response) {
    return Json.MAPPER.readTree(response.getBody());
  }

  @Test
  void answersWithDataRequestIdAndNoCaching() {
    APIGatewayProxyResponseEvent response =
        answer(request -> ApiResponse.ok(request.principal().access().texts()), ANN);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).isEqualTo("{\"data\":[\"deployments:read\",\"logs:read\"]}");
    assertThat(response.getHeaders())
        .containsEntry("X-Request-Id", "req-1")
        .containsEntry("Cache-Control", "private, no-store");
  }

  @Test
  void answersPlainTextThatNoBrowserTakesForAnythingElse() {
    APIGatewayProxyResponseEvent response = answer(request -> ApiResponse.text("<b>\n"), ANN);

    assertThat(response.getBody()).isEqualTo("<b>\n");
    assertThat(response.getHeaders())
        .containsEntry("Content-Type", "text/plain; charset=utf-8")
        .containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void answersARefusalInConsolesShapeWithTheProblemBesideIt() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new Refusal(new Problem.NotFound("Deployment not found"));
            },
            ANN);

    assertThat(response.getStatusCode()).isEqualTo(404);
    JsonNode body = body(response);
    assertThat(body.get("error").asString()).isEqualTo("NotFoundError");
    assertThat(body.get("message").asString()).isEqualTo("Deployment not found");
    assertThat(body.get("code").asString()).isEqualTo("not_found");
    assertThat(body.get("type").asString()).isEqualTo("client_error");
    assertThat(body.get("status").asInt()).isEqualTo(404);
    assertThat(body.get("requestId").asString()).isEqualTo("req-1");
    assertThat(body.get("retryable").asBoolean()).isFalse();
  }

  @Test
  void tellsWhenToTryAgain() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new Refusal(
                  new Problem.Conflict("wallet_provisioning", "wait", Duration.ofSeconds(5)));
            },
            ANN);

    assertThat(response.getStatusCode()).isEqualTo(409);
    assertThat(response.getHeaders()).containsEntry("Retry-After", "5");
  }

  @Test
  void tellsThatTheDaysLimitIsReachedAndWhenTheNextDayBegins() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new Refusal(new Problem.DailyLimit("enough", Duration.ofHours(2)));
            },
            ANN);

    assertThat(response.getStatusCode()).isEqualTo(429);
    assertThat(response.getHeaders()).containsEntry("Retry-After", "7200");
    assertThat(response.getBody()).contains("\"code\":\"daily_limit_reached\"");
  }

  @Test
  void showsNothingInternalWhenAnythingElseFails() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new IllegalStateException("secret table name");
            },
            ANN);

    assertThat(response.getStatusCode()).isEqualTo(500);
    assertThat(response.getBody()).doesNotContain("secret").contains("Internal server error");
  }

  @Test
  void answers503WhenTheNodeDoesNotAnswer() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new ChainUnavailableException("host:9090 refused", null);
            },
            ANN);

    assertThat(response.getStatusCode()).isEqualTo(503);
    assertThat(response.getBody()).doesNotContain("9090");
  }

  @Test
  void answers401WhenTheAuthorizerNamedNobody() {
    assertThat(answer(r -> ApiResponse.ok(r.principal().userId()), event(Map.of())).getStatusCode())
        .isEqualTo(401);
  }

  @Test
  void answers400ForTwoCredentialsAtOnce() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> ApiResponse.ok(request.principal().userId()),
            event(AuthorizerContext.ambiguous()));

    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(body(response).get("message").asString())
        .isEqualTo("Authorization and X-Api-Key headers are mutually exclusive");
  }

  @Test
  void readsNoBodyOfMoreThan512KiB() {
    String most = "\"" + "x".repeat(ApiRequest.BODY_LIMIT - 2) + "\"";

    assertThat(answerToBody(most).getStatusCode()).isEqualTo(200);
    assertThat(answerToBody(most + " ").getStatusCode()).isEqualTo(413);
    // The limit is of bytes, not of characters.
    assertThat(answerToBody(most.replace("xx", "\u00e9x")).getStatusCode()).isEqualTo(413);
  }

  @Test
  void readsNoBodyThatIsNotCalledJson() {
    APIGatewayProxyRequestEvent event =
        event(Map.of("userId", "ann", "scopes", "*")).withBody("{}");

    assertThat(
            answer(
                    request -> ApiResponse.ok(request.body()),
                    event.withHeaders(Map.of("content-type", "text/plain")))
                .getStatusCode())
        .isEqualTo(415);
    assertThat(
            answer(request -> ApiResponse.ok(request.body()), event.withHeaders(null))
                .getStatusCode())
        .isEqualTo(415);
  }

  private static APIGatewayProxyResponseEvent answerToBody(String body) {
    return answer(
        request -> ApiResponse.ok(request.body().asString().length()),
        event(Map.of("userId", "ann", "scopes", "*")).withBody(body));
  }

  @Test
  void refusesABodyThatIsNotJson() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (String bad : new String[] {"", "{", "{\"a\":1,\"a\":2}", "{} {}", deep}) {
      APIGatewayProxyResponseEvent response =
          answer(
              request -> ApiResponse.ok(request.body()),
              event(Map.of("userId", "ann", "scopes", "*")).withBody(bad));

      assertThat(response.getStatusCode()).as(bad).isEqualTo(400);
      assertThat(body(response).get("message").asString())
          .isEqualTo("Malformed JSON in request body");
    }
  }

  @Test
  void isClosedToKeysWithoutTheRoutesScope() {
    for (String scopes : new String[] {"", "logs:read", "deployments:write", "unheard:of"}) {
      APIGatewayProxyResponseEvent response =
          answer(
              request -> {
                throw new AssertionError("handled");
              },
              event(Map.of("userId", "ann", "keyId", "k", "scopes", scopes)));

      assertThat(response.getStatusCode()).as(scopes).isEqualTo(403);
      assertThat(body(response).get("message").asString())
          .isEqualTo("This API key lacks a scope; it needs: deployments:read");
    }
    assertThat(answer(r -> ApiResponse.noContent(), event(Map.of("userId", "ann"))).getStatusCode())
        .as("a context that does not tell")
        .isEqualTo(403);
  }

  @Test
  void isOpenToNobodyIfTheTableDoesNotKnowTheRoute() {
    APIGatewayProxyResponseEvent response =
        answer(
            request -> {
              throw new AssertionError("handled");
            },
            event(Map.of("userId", "ann", "scopes", "*")).withResource("/v1/secret-door"));

    assertThat(response.getStatusCode()).isEqualTo(500);
  }

  @Test
  void whatIsLoggedWithinARequestIsAboutIt() {
    APIGatewayProxyRequestEvent event =
        event(Map.of("userId", "ann", "keyId", "key-1", "scopes", "*"))
            .withHttpMethod("GET")
            .withResource("/v1/deployments/{dseq}")
            .withPathParameters(Map.of("dseq", "42"));
    Map<String, String> within = new HashMap<>();

    answer(
        request -> {
          within.putAll(MDC.getCopyOfContextMap());
          return ApiResponse.ok("done");
        },
        event);

    assertThat(within)
        .isEqualTo(
            Map.of(
                "requestId", "req-1",
                "route", "GET /v1/deployments/{dseq}",
                "dseq", "42",
                "userId", "ann",
                "keyId", "key-1"));
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }
}
