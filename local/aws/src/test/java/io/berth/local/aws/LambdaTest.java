package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class LambdaTest {
  private AwsStandIns aws;
  private LambdaClient lambda;

  @BeforeEach
  void start() {
    aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
    lambda = Clients.lambda(aws);
    aws.runFunctionsWith(LambdaTest::run);
  }

  @AfterEach
  void stop() {
    lambda.close();
    aws.close();
  }

  private static InvocationResult run(
      String function, byte[] event, Optional<String> clientContext) {
    String text = new String(event, StandardCharsets.UTF_8);
    return switch (function) {
      case "echo" -> new InvocationResult.Returned(utf8("{\"got\":" + text + "}"));
      case "throws" ->
          new InvocationResult.Failed(
              utf8("{\"errorMessage\":\"no\",\"errorType\":\"java.lang.IllegalStateException\"}"));
      case "context" -> new InvocationResult.Returned(utf8(clientContext.orElse("null")));
      default -> new InvocationResult.NoSuchFunction();
    };
  }

  @Test
  void handsTheClientContextToTheFunction() {
    String context = Base64.getEncoder().encodeToString(utf8("{\"custom\":{\"a\":\"b\"}}"));

    assertThat(
            lambda
                .invoke(r -> r.functionName("context").clientContext(context))
                .payload()
                .asUtf8String())
        .isEqualTo("{\"custom\":{\"a\":\"b\"}}");
    assertThat(invoke("context", "{}").payload().asUtf8String()).isEqualTo("null");
    assertThatThrownBy(() -> lambda.invoke(r -> r.functionName("context").clientContext("?")))
        .isInstanceOf(InvalidRequestContentException.class);
  }

  @Test
  void handsTheEventToTheFunctionAndItsAnswerBack() {
    InvokeResponse response = invoke("echo", "{\"a\":1}");

    assertThat(response.payload().asUtf8String()).isEqualTo("{\"got\":{\"a\":1}}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isNull();
    assertThat(response.executedVersion()).isEqualTo("$LATEST");
  }

  @Test
  void findsAFunctionByItsArnAndQualifier() {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    assertThat(invoke(arn, "1").payload().asUtf8String()).isEqualTo("{\"got\":1}");
    assertThat(invoke(arn + ":live", "1").payload().asUtf8String()).isEqualTo("{\"got\":1}");
    assertThat(invoke("000000000000:function:echo", "1").payload().asUtf8String())
        .isEqualTo("{\"got\":1}");
    assertThat(invoke("echo:$LATEST", "1").payload().asUtf8String()).isEqualTo("{\"got\":1}");
  }

  @Test
  void givesAnEmptyObjectForNoPayload() {
    assertThat(lambda.invoke(r -> r.functionName("echo")).payload().asUtf8String())
        .isEqualTo("{\"got\":{}}");
  }

  @Test
  void marksAFunctionsErrorAsOne() {
    InvokeResponse response = invoke("throws", "{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String()).contains("\"errorMessage\":\"no\"");
  }

  @Test
  void knowsNoFunctionThatTheRunnerDoesNot() {
    assertThatThrownBy(() -> invoke("nobody", "{}"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void refusesAnEventThatIsNotJson() {
    assertThatThrownBy(() -> invoke("echo", "{"))
        .isInstanceOf(InvalidRequestContentException.class);
  }

  @Test
  void refusesAnEventOverTheLimit() {
    String tooLarge = "\"" + "x".repeat(6 * 1024 * 1024) + "\"";

    assertThatThrownBy(() -> invoke("echo", tooLarge)).isInstanceOf(RequestTooLargeException.class);
  }

  @Test
  void acceptsAnAsynchronousEventBeforeTheFunctionEnds() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    CompletableFuture<String> seen = new CompletableFuture<>();
    aws.runFunctionsWith(
        (_, event, _) -> {
          awaitQuietly(accepted);
          seen.complete(new String(event, StandardCharsets.UTF_8));
          return new InvocationResult.Returned(utf8("null"));
        });

    InvokeResponse response =
        lambda.invoke(
            r ->
                r.functionName("later")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("[1]")));
    accepted.countDown();

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.payload().asByteArray()).isEmpty();
    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("[1]");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("never accepted");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private InvokeResponse invoke(String function, String event) {
    return lambda.invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String(event)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
