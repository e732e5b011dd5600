package io.berth.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request as handlers see it. */
public final class ApiRequest {
  private final APIGatewayProxyRequestEvent event;

  ApiRequest(APIGatewayProxyRequestEvent event) {
    this.event = event;
  }

  /** The id under which gateway and logs know this request. */
  public String id() {
    return event.getRequestContext() == null
        ? "none"
        : String.valueOf(event.getRequestContext().getRequestId());
  }

  /**
   * Who calls.
   *
   * @throws Refusal 401 if the authorizer named nobody, 400 if two credentials were sent
   */
  public Principal principal() {
    return AuthorizerContext.principal(authorizer());
  }

  private Map<String, Object> authorizer() {
    Map<String, Object> context =
        event.getRequestContext() == null ? null : event.getRequestContext().getAuthorizer();
    return context == null ? Map.of() : context;
  }

  /** A header, its name in any case. */
  public Optional<String> header(String name) {
    return orEmpty(event.getHeaders()).entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** A part of the path that the route names; always present on that route. */
  public String pathParameter(String name) {
    return orEmpty(event.getPathParameters()).getOrDefault(name, "");
  }

  /** Whether the route has this part at all: aliases of one handler differ in it. */
  public boolean hasPathParameter(String name) {
    return orEmpty(event.getPathParameters()).containsKey(name);
  }

  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(orEmpty(event.getQueryStringParameters()).get(name));
  }

  /**
   * The body as JSON.
   *
   * @throws Refusal 400 if it is not JSON, or not declared as such
   */
  public JsonNode body() {
    requireJsonContentType();
    try {
      JsonNode node = Json.MAPPER.readTree(text());
      if (node == null || node.isMissingNode()) {
        throw new Refusal(new Problem.MalformedBody());
      }
      return node;
    } catch (JacksonException e) {
      throw new Refusal(new Problem.MalformedBody());
    }
  }

  /** What is logged from now on is about this request, in this invocation. */
  LogContext logContext(Context invocation) {
    LogContext log =
        LogContext.open()
            .with(LogField.REQUEST, id())
            .with(LogField.ROUTE, event.getHttpMethod() + " " + event.getResource())
            .with(LogField.DSEQ, pathParameter("dseq"));
    if (invocation != null) {
      log.with(LogField.INVOCATION, invocation.getAwsRequestId());
    }
    return AuthorizerContext.describe(authorizer(), log);
  }

  /** Method and path, as sent. */
  String line() {
    return event.getHttpMethod() + " " + event.getPath();
  }

  /** The body as text; empty for none. */
  String text() {
    String body = event.getBody() == null ? "" : event.getBody();
    return Boolean.TRUE.equals(event.getIsBase64Encoded())
        ? new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private void requireJsonContentType() {
    String type =
        header("Content-Type")
            .orElseThrow(
                () -> new Refusal(new Problem.Impossible("Content-Type header is required")));
    String media = type.split(";", 2)[0].strip();
    if (!media.equalsIgnoreCase("application/json")) {
      throw new Refusal(new Problem.Impossible("Unsupported Content-Type"));
    }
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
