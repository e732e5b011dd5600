package io.berth.runtime;

import io.berth.domain.status.StatusRefreshes;
import io.berth.http.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Has status refreshed by a function of its own, invoked asynchronously. */
public final class LambdaRefreshes implements StatusRefreshes {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaRefreshes.class);

  /** What that function is told. */
  public record Refresh(String userId, long dseq) {}

  private final LambdaClient lambda;
  private final String function;

  public LambdaRefreshes(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  /** A refresh that cannot be asked for now will be by the next request. */
  @Override
  public void request(String userId, long dseq) {
    byte[] event = Json.MAPPER.writeValueAsBytes(new Refresh(userId, dseq));
    try {
      var _ =
          lambda.invoke(
              call ->
                  call.functionName(function)
                      .invocationType(InvocationType.EVENT)
                      .payload(SdkBytes.fromByteArray(event)));
    } catch (SdkException e) {
      LOG.warn("status of deployment {} is not refreshed", dseq, e);
    }
  }
}
