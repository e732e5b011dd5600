package io.berth.runtime;

import io.berth.domain.account.Activations;
import io.berth.domain.account.User;
import io.berth.http.Json;
import java.math.BigInteger;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Activations by asynchronous invocation, which Lambda itself tries again if it fails. */
public final class LambdaActivations implements Activations {

  /**
   * What a user gets for signing up.
   *
   * @param creditUact first balance, in uact; zero to activate nobody
   * @param feeAllowanceUakt what the funding wallet pays of their fees, in uakt
   */
  public record Gift(BigInteger creditUact, BigInteger feeAllowanceUakt) {}

  private final LambdaClient lambda;
  private final String function;
  private final Gift gift;

  public LambdaActivations(LambdaClient lambda, String function, Gift gift) {
    this.lambda = lambda;
    this.function = function;
    this.gift = gift;
  }

  @Override
  public void request(User user) {
    if (gift.creditUact().signum() == 0) {
      return;
    }
    Map<String, String> event =
        Map.of(
            "userId", user.id(),
            "email", user.email(),
            "creditUact", gift.creditUact().toString(),
            "feeAllowanceUakt", gift.feeAllowanceUakt().toString());
    lambda.invoke(
        call ->
            call.functionName(function)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromByteArray(Json.MAPPER.writeValueAsBytes(event))));
  }
}
