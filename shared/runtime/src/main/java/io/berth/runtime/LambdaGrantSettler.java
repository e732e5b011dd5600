package io.berth.runtime;

import io.berth.domain.ledger.GrantSettler;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The one function that may change grants, by Lambda invoke. */
public final class LambdaGrantSettler implements GrantSettler {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaGrantSettler.class);

  private final LambdaCall lambda;
  private final String function;

  public LambdaGrantSettler(LambdaClient lambda, String function) {
    this.lambda = new LambdaCall(lambda);
    this.function = function;
  }

  @Override
  public void settle(String userId) {
    try {
      Map<?, ?> _ = lambda.invoke(function, Map.of("userId", userId), Map.class);
    } catch (IllegalStateException | SdkException e) {
      LOG.warn("the grants of user {} are not settled", userId, e);
    }
  }
}
