package io.berth.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.local.gateway.sample.Stuck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LambdaRuntimeTest {
  private final LambdaRuntime lambda =
      runtime(
          function("Describe", "describe", Map.of("A", "1")),
          function("Stuck", "stuck", Map.of("B", "2", "A", "1")),
          function("Failing", "failing", Map.of()),
          function("Unstartable", "unstartable", Map.of()));

  @AfterEach
  void close() {
    lambda.close();
  }

  private static LambdaFunction function(
      String handler, String name, Map<String, String> environment) {
    return new LambdaFunction(
        handler + "Function",
        name,
        "arn:aws:lambda:us-east-1:000000000000:function:" + name,
        ".",
        "io.berth.local.gateway.sample." + handler,
        Duration.ofSeconds(handler.equals("Stuck") ? 1 : 60),
        128,
        environment);
  }

  private static LambdaRuntime runtime(LambdaFunction... functions) {
    return new LambdaRuntime(List.of(functions), LambdaRuntimeTest.class.getClassLoader());
  }

  private static JsonNode json(InvocationResult result) {
    return JsonMapper.shared().readTree(result.payload());
  }

  private InvocationResult invoke(String function, String event) {
    return lambda.invoke(function, event.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFunctionIsFoundByLogicalIdNameAndArn() {
    for (var name :
        List.of(
            "DescribeFunction",
            "describe",
            "arn:aws:lambda:us-east-1:000000000000:function:describe")) {
      var answer = json(invoke(name, "{}"));
      assertThat(answer.path("arn").asString()).endsWith(":function:describe");
      assertThat(answer.path("requestId").asString()).hasSize(36);
      assertThat(answer.path("remaining").asInt()).isBetween(1, 60_000);
      assertThat(answer.path("thread").asString()).isEqualTo("lambda-describe");
    }
  }

  @Test
  void anIdleInstanceIsUsedAgain() {
    assertThat(json(invoke("describe", "{}")).path("events").asInt()).isEqualTo(1);
    assertThat(json(invoke("describe", "{}")).path("events").asInt()).isEqualTo(2);
    assertThat(lambda.instances("describe")).isEqualTo(1);
  }

  @Test
  void whatAHandlerThrowsIsTheAnswer() {
    var result = invoke("describe", "{\"do\":\"fail\"}");
    assertThat(result.functionError()).contains("Unhandled");
    var error = json(result);
    assertThat(error.path("errorMessage").asString()).isEqualTo("not that");
    assertThat(error.path("errorType").asString())
        .isEqualTo("java.lang.UnsupportedOperationException");
    assertThat(error.path("stackTrace").path(0).asString())
        .startsWith("io.berth.local.gateway.sample.Describe.handleRequest");
    assertThat(json(invoke("describe", "{}")).path("events").asInt()).isEqualTo(2);
  }

  @Test
  void anInstanceOutOfMemoryIsNotUsedAgain() {
    assertThat(json(invoke("describe", "{\"do\":\"exhaust\"}")).path("errorType").asString())
        .isEqualTo("java.lang.OutOfMemoryError");
    assertThat(lambda.instances("describe")).isZero();
    assertThat(json(invoke("describe", "{}")).path("events").asInt()).isEqualTo(1);
  }

  @Test
  void anEventThatIsNoJsonIsAnError() {
    var result = invoke("describe", "{");
    assertThat(result.functionError()).contains("Unhandled");
    assertThat(json(result).path("errorMessage").asString()).contains("JSON");
  }

  @Test
  void aFunctionThatTakesTooLongIsStoppedAndNotUsedAgain() throws Exception {
    var result = invoke("stuck", "{}");
    assertThat(result.functionError()).contains("Unhandled");
    assertThat(json(result).path("errorMessage").asString())
        .endsWith("Task timed out after 1.00 seconds");
    assertThat(json(result).path("errorType").asString()).isEqualTo("Sandbox.Timedout");
    assertThat(Stuck.INTERRUPTED.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    assertThat(lambda.instances("stuck")).isZero();
  }

  @Test
  void aHandlerThatCannotBeMadeIsAnErrorOfTheInvocation() {
    var result = invoke("unstartable", "{}");
    assertThat(result.functionError()).contains("Unhandled");
    assertThat(json(result).path("errorMessage").asString()).contains("BERTH_TABLE is not set");
    assertThat(lambda.instances("unstartable")).isZero();
  }

  @Test
  void warmingStartsAnInstanceOfEachFunction() {
    try (var two =
        runtime(
            function("Describe", "describe", Map.of()), function("Failing", "failing", Map.of()))) {
      two.warm();
      assertThat(two.instances("describe")).isEqualTo(1);
      assertThat(two.instances("failing")).isEqualTo(1);
    }
  }

  @Test
  void warmingNamesTheFunctionThatCannotStart() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(lambda::warm)
        .withMessageContaining("Resources.UnstartableFunction: cannot start")
        .withMessageContaining("BERTH_TABLE is not set");
  }

  @Test
  void payloadsHaveALimitBothWays() {
    assertThatExceptionOfType(LambdaRuntime.RequestTooLarge.class)
        .isThrownBy(() -> lambda.invoke("describe", new byte[LambdaRuntime.PAYLOAD_LIMIT + 1]));
    assertThat(json(invoke("describe", "{\"do\":\"huge\"}")).path("errorType").asString())
        .isEqualTo("Function.ResponseSizeTooLarge");
  }

  @Test
  void anUnknownFunctionIsRefused() {
    assertThatExceptionOfType(LambdaRuntime.FunctionNotFound.class)
        .isThrownBy(() -> invoke("nobody", "{}"))
        .withMessageContaining("nobody");
  }

  @Test
  void aHandlerThatIsNotOnTheClassPathIsNamed() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> runtime(function("Nowhere", "nowhere", Map.of())))
        .withMessage(
            "Resources.NowhereFunction.Properties.Handler: there is no class"
                + " io.berth.local.gateway.sample.Nowhere");
  }

  @Test
  void allFunctionsShareOneEnvironment() {
    assertThat(lambda.environment()).isEqualTo(Map.of("A", "1", "B", "2"));
  }

  @Test
  void twoValuesForOneVariableAreRefused() {
    var two =
        runtime(
            function("Describe", "describe", Map.of("A", "1")),
            function("Failing", "failing", Map.of("A", "2")));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(two::environment)
        .withMessageContaining("Resources.FailingFunction.Properties.Environment.Variables.A");
  }
}
