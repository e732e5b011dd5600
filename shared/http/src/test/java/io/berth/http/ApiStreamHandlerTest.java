package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiStreamHandlerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void answer(String scopes, Function<ApiRequest, ApiResponse> behaviour)
      throws IOException {
    ApiStreamHandler handler =
        new ApiStreamHandler() {
          @Override
          protected ApiResponse handle(ApiRequest request) {
            return behaviour.apply(request);
          }
        };
    String event =
        """
        {"httpMethod": "GET", "resource": "/v1/deployments/{dseq}/logs/stream", "new": {"to": "us"},
         "isBase64Encoded": false, "pathParameters": {"dseq": "7"}, "body": null,
         "requestContext": {"requestId": "req-1", "authorizer":
           {"userId": "ann", "keyId": "k", "scopes": "%s"}}}
        """
            .formatted(scopes);
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
  }

  private JsonNode head() {
    String written = out.toString(StandardCharsets.UTF_8);
    return Json.MAPPER.readTree(written.substring(0, written.indexOf('\0')));
  }

  private String body() {
    String written = out.toString(StandardCharsets.UTF_8);
    return written.substring(written.indexOf("\0".repeat(8)) + 8);
  }

  @Test
  void sendsTheHeadBeforeABodyThatHasNoEndYet() throws IOException {
    answer(
        "logs:read",
        request ->
            ApiResponse.live(
                "text/event-stream",
                to -> {
                  assertThat(head().get("statusCode").asInt()).isEqualTo(200);
                  to.write(request.pathParameter("dseq").getBytes(StandardCharsets.UTF_8));
                }));

    assertThat(body()).isEqualTo("7");
    JsonNode headers = head().get("headers");
    assertThat(headers.get("Content-Type").asString()).isEqualTo("text/event-stream");
    assertThat(headers.get("X-Request-Id").asString()).isEqualTo("req-1");
    assertThat(headers.get("Cache-Control").asString()).isEqualTo("private, no-store");
  }

  @Test
  void refusesBeforeItStreamsInTheOneErrorShape() throws IOException {
    answer(
        "logs:read",
        _ -> {
          throw new Refusal(Problem.NotFound.deployment());
        });

    assertThat(head().get("statusCode").asInt()).isEqualTo(404);
    assertThat(Json.MAPPER.readTree(body()).get("message").asString())
        .isEqualTo("Deployment not found");
  }

  @Test
  void asksForTheRoutesScopesFirst() throws IOException {
    answer(
        "deployments:read",
        _ -> {
          throw new AssertionError("must not be reached");
        });

    assertThat(head().get("statusCode").asInt()).isEqualTo(403);
  }

  @Test
  void letsABodyThatFailsBreakOff() {
    assertThatThrownBy(
            () ->
                answer(
                    "logs:read",
                    _ ->
                        ApiResponse.live(
                            "text/plain",
                            to -> {
                              throw new IOException("gone");
                            })))
        .hasMessage("gone");
  }
}
