package io.berth.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.logging.FunctionLogs;
import io.berth.logging.LogContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endpoint of the API behind API Gateway's Lambda proxy integration. Whatever happens, the
 * answer has the one shape, and internal text stays in the log.
 */
public abstract class ApiHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  static {
    FunctionLogs.configure();
  }

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final Optional<AuditTrail> trail;

  /** An endpoint that changes nothing. */
  protected ApiHandler() {
    this(Optional.empty());
  }

  /** An endpoint that changes something, and whose requests are so written down. */
  protected ApiHandler(AuditTrail trail) {
    this(Optional.of(trail));
  }

  /** Primed with a request that is nobody's, which nothing but an error comes of. */
  @SuppressWarnings("this-escape") // Runs before a snapshot, when the whole handler is there.
  private ApiHandler(Optional<AuditTrail> trail) {
    this.trail = trail;
    Snapshots.prime(
        "requests",
        () -> {
          var _ = handleRequest(new APIGatewayProxyRequestEvent(), null);
        });
  }

  /** Answers a request; a {@link Refusal} thrown becomes the error answer of its problem. */
  protected abstract ApiResponse handle(ApiRequest request);

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    ApiRequest request = new ApiRequest(event);
    try (LogContext _ = request.logContext(context)) {
      ApiResponse response = respond(request);
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(response.status())
          .withHeaders(response.headers())
          .withIsBase64Encoded(false)
          .withBody(response.json());
    }
  }

  /** The answer with all of its headers. */
  final ApiResponse respond(ApiRequest request) {
    ApiResponse response = answer(request, () -> handleIfAllowed(request));
    log.info("answered {}", response.status());
    return withAllHeaders(response, request);
  }

  private ApiResponse handleIfAllowed(ApiRequest request) {
    RouteAccess.require(request);
    AuthorizerContext.requireWithinLimits(request.authorizer());
    return trail.isPresent()
        ? trail.get().around(request, () -> answer(request, () -> handle(request)))
        : handle(request);
  }

  /** The work's answer, or that of whatever stopped it. */
  final ApiResponse answer(ApiRequest request, Supplier<ApiResponse> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      if (!refusal.detail().isEmpty()) {
        log.info("refused: {}: {}", refusal.getMessage(), refusal.detail());
      }
      return Problems.response(refusal.problem(), request.id());
    } catch (ChainUnavailableException e) {
      log.warn("the node does not answer", e);
      return Problems.response(
          new Problem.Unavailable("Service temporarily unavailable"), request.id());
    } catch (RuntimeException e) {
      log.error("failed", e);
      return Problems.response(new Problem.Internal(), request.id());
    }
  }

  private static ApiResponse withAllHeaders(ApiResponse response, ApiRequest request) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.putAll(AuthorizerContext.limitHeaders(request.authorizer()));
    headers.put("X-Request-Id", request.id());
    headers.putIfAbsent("Cache-Control", "private, no-store");
    response.body().ifPresent(body -> headers.put("Content-Type", ApiResponse.contentType(body)));
    return new ApiResponse(response.status(), response.body(), headers);
  }
}
