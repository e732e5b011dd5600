package io.berth.functions.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import io.berth.domain.account.ApiKey;
import io.berth.domain.account.Authenticator;
import io.berth.http.AuthorizerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API's one authorizer (REQUEST type). A live key is let in, with whose it is in the context;
 * any other key is denied with one message; without a key the answer is 401.
 *
 * <p>A policy covers the whole stage, so that it may be cached for any route; scopes are the
 * handlers' to enforce.
 */
public final class Authorize
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, Map<String, Object>> {
  private final Authenticator authenticator;

  /** Wired from the function's environment. */
  public Authorize() {
    this(Wiring.authenticator());
  }

  Authorize(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Map<String, Object> handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    Optional<String> key = header(event, "x-api-key");
    Optional<String> bearer = header(event, "authorization");
    if (key.isPresent() && bearer.isPresent()) {
      // API Gateway cannot answer 400 from here: the handler does, before anything else.
      return answer("Allow", event, "ambiguous", AuthorizerContext.ambiguous());
    }
    if (key.isEmpty()) {
      // The text that API Gateway turns into its 401 answer.
      throw new IllegalArgumentException("Unauthorized");
    }
    return authenticator
        .authenticate(key.get())
        .map(live -> allow(event, live))
        .orElseGet(
            () -> answer("Deny", event, "unknown", AuthorizerContext.denied("Invalid API key")));
  }

  private static Map<String, Object> allow(APIGatewayCustomAuthorizerEvent event, ApiKey key) {
    return answer(
        "Allow", event, key.userId(), AuthorizerContext.of(key.userId(), key.id(), key.scopes()));
  }

  private static Map<String, Object> answer(
      String effect,
      APIGatewayCustomAuthorizerEvent event,
      String principalId,
      Map<String, Object> context) {
    return Map.of(
        "principalId", principalId,
        "policyDocument",
            Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                    Map.of(
                        "Effect",
                        effect,
                        "Action",
                        "execute-api:Invoke",
                        "Resource",
                        wholeStage(event.getMethodArn())))),
        "context", context);
  }

  /** {@code arn:…:API/STAGE/METHOD/PATH} to {@code arn:…:API/STAGE/*}. */
  private static String wholeStage(String methodArn) {
    String[] parts = methodArn.split("/", 3);
    return parts[0] + "/" + parts[1] + "/*";
  }

  private static Optional<String> header(APIGatewayCustomAuthorizerEvent event, String name) {
    Map<String, String> headers = event.getHeaders() == null ? Map.of() : event.getHeaders();
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
