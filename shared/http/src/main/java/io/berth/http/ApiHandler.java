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
import java.util.LinkedHashMap;
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

  /** Answers a request; a {@link Refusal} thrown becomes the error answer of its problem. */
  protected abstract ApiResponse handle(ApiRequest request);

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    ApiRequest request = new ApiRequest(event);
    try (LogContext _ = request.logContext(context)) {
      ApiResponse response = answer(request, () -> handle(request));
      log.info("answered {}", response.status());
      return toEvent(response, request.id());
    }
  }

  /** The work's answer, or that of whatever stopped it. */
  final ApiResponse answer(ApiRequest request, Supplier<ApiResponse> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      if (!refusal.detail().isEmpty()) {
        log.info(
            "request {} refused: {}: {}", request.id(), refusal.getMessage(), refusal.detail());
      }
      return Problems.response(refusal.problem(), request.id());
    } catch (ChainUnavailableException e) {
      log.warn("request {}: the node does not answer", request.id(), e);
      return Problems.response(
          new Problem.Unavailable("Service temporarily unavailable"), request.id());
    } catch (RuntimeException e) {
      log.error("request {} failed", request.id(), e);
      return internalError(request.id());
    }
  }

  private static ApiResponse internalError(String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", "InternalServerError");
    body.put("message", "Internal server error");
    body.put("code", "internal_server_error");
    body.put("type", "server_error");
    body.put("requestId", requestId);
    body.put("retryable", true);
    return new ApiResponse(500, Optional.of(body), Map.of());
  }

  private static APIGatewayProxyResponseEvent toEvent(ApiResponse response, String requestId) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put("X-Request-Id", requestId);
    headers.putIfAbsent("Cache-Control", "private, no-store");
    response.body().ifPresent(body -> headers.put("Content-Type", ApiResponse.contentType(body)));
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(response.status())
        .withHeaders(headers)
        .withIsBase64Encoded(false)
        .withBody(response.json());
  }
}
