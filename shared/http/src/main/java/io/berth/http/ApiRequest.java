package io.berth.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.berth.domain.account.Identity;
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
  /** The most bytes that a body may have: 512 KiB, as Console's. */
  public static final int BODY_LIMIT = 512 * 1024;

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

  /**
   * The person who signed in, whether a user of Berth or not yet.
   *
   * @throws Refusal 401 if the request has no token of the identity provider, 400 if two
   *     credentials were sent
   */
  public Identity identity() {
    return AuthorizerContext.identity(authorizer());
  }

  /** The user, or who is about to become one. */
  String actor() {
    return AuthorizerContext.actor(authorizer());
  }

  /** The key that the request came with; empty for a person who signed in. */
  Optional<String> keyId() {
    return AuthorizerContext.keyId(authorizer());
  }

  /** Where the request came from, as API Gateway saw it. */
  String sourceIp() {
    return event.getRequestContext().getIdentity() == null
        ? ""
        : String.valueOf(event.getRequestContext().getIdentity().getSourceIp());
  }

  /** As sent, without the query. */
  String path() {
    return String.valueOf(event.getPath());
  }

  /** What the authorizer told; empty if there is none. */
  Map<String, Object> authorizer() {
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
   * @throws Refusal 413 if it has more than {@value #BODY_LIMIT} bytes, 415 if it is not declared
   *     as JSON, 400 if it is none
   */
  public JsonNode body() {
    String text = text();
    if (text.getBytes(StandardCharsets.UTF_8).length > BODY_LIMIT) {
      throw new Refusal(new Problem.BodyTooLarge());
    }
    requireJsonContentType();
    try {
      JsonNode node = Json.MAPPER.readTree(text);
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
        LogContext.of(invocation)
            .with(LogField.REQUEST, id())
            .with(LogField.ROUTE, route())
            .with(LogField.DSEQ, pathParameter("dseq"));
    return AuthorizerContext.describe(authorizer(), log);
  }

  /** Method and resource, such as {@code GET /v1/deployments/{dseq}}. */
  String route() {
    return event.getHttpMethod() + " " + event.getResource();
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
                () ->
                    new Refusal(
                        new Problem.UnsupportedMediaType("Content-Type header is required")));
    String media = type.split(";", 2)[0].strip();
    if (!media.equalsIgnoreCase("application/json")) {
      throw new Refusal(new Problem.UnsupportedMediaType("Unsupported Content-Type"));
    }
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
