package io.berth.runtime;

import io.berth.http.Json;
import io.berth.logging.LogContext;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Calls of other functions, with JSON as request and answer. They are told whose request this is in
 * the client context, as Lambda calls it, so that their log lines say so too.
 */
record LambdaCall(LambdaClient lambda) {

  /**
   * The function's answer.
   *
   * @throws IllegalStateException with the error's type and text if it failed
   */
  <T> T invoke(String function, Object request, Class<T> answerType) {
    InvokeResponse response =
        lambda.invoke(
            call ->
                call.functionName(function)
                    .clientContext(clientContext())
                    .payload(SdkBytes.fromByteArray(Json.MAPPER.writeValueAsBytes(request))));
    if (response.functionError() != null) {
      // The payload names the error's type and text; the signer keeps secrets out of both.
      throw new IllegalStateException(function + " failed: " + response.payload().asUtf8String());
    }
    return Json.MAPPER.readValue(response.payload().asByteArray(), answerType);
  }

  private static String clientContext() {
    return Base64.getEncoder()
        .encodeToString(Json.MAPPER.writeValueAsBytes(Map.of("custom", LogContext.carried())));
  }
}
