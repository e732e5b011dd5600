package io.berth.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.berth.logging.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One endpoint of the API behind API Gateway's streaming Lambda proxy integration: as {@link
 * ApiHandler}, but an answer may be {@link ApiResponse#live}, and then reaches the client while it
 * is written. What goes wrong before that has the one error shape; afterwards the answer breaks
 * off.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html">streaming
 *     integrations</a>
 */
public abstract class ApiStreamHandler implements RequestStreamHandler {
  private static final JsonMapper EVENTS = JsonMapper.shared();

  /** What comes between an answer's head and its body. */
  private static final byte[] DELIMITER = new byte[8];

  private final ApiHandler answering =
      new ApiHandler() {
        @Override
        protected ApiResponse handle(ApiRequest request) {
          return ApiStreamHandler.this.handle(request);
        }
      };

  /** Answers a request; a {@code Refusal} thrown becomes the error answer of its problem. */
  protected abstract ApiResponse handle(ApiRequest request);

  @Override
  public final void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    ApiRequest request = new ApiRequest(EVENTS.readValue(event, APIGatewayProxyRequestEvent.class));
    try (LogContext _ = request.logContext(context)) {
      ApiResponse response = answering.respond(request);
      out.write(
          EVENTS.writeValueAsBytes(
              Map.of("statusCode", response.status(), "headers", response.headers())));
      out.write(DELIMITER);
      out.flush();
      if (response.body().orElse("") instanceof ApiResponse.Live live) {
        live.body().writeTo(out);
      } else {
        out.write(response.json().getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
    }
  }
}
