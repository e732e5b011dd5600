package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's sample events are the documentation's examples as functions get them: one of each
 * endpoint, and one at least that it refuses.
 */
@ExtendWith(RunningBerth.class)
class SampleEventsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Another form of an event, and no failure. */
  private static final Set<String> FORMS =
      Set.of("get-deployment-settings.version-1", "sweep.execution-failed");

  /** Nothing of such an event can be wrong. */
  private static final Set<String> REFUSES_NOTHING =
      Set.of("get-document", "describe-funding-wallet", "re-seal-wallets", "sweep");

  private static final List<LambdaFunction> FUNCTIONS = ContractTest.template().functions();
  private static final List<Sample> ALL = samples();
  private static final List<Sample> SAMPLES = ALL.stream().filter(Sample::isOfApi).toList();

  /**
   * A file of {@code events/}.
   *
   * @param name {@code HANDLER} or {@code HANDLER.FAILURE}
   */
  private record Sample(String name, JsonNode event) {
    String handler() {
      return name.replaceFirst("\\..*", "");
    }

    boolean isFailure() {
      return name.contains(".") && !FORMS.contains(name);
    }

    boolean isOfApi() {
      return event.has("resource") && !isOfAuthorizer();
    }

    boolean isOfAuthorizer() {
      return event.path("type").asString("").equals("REQUEST");
    }

    JsonNode operation() {
      String name = event.get("httpMethod").asString() + " " + event.get("resource").asString();
      return OpenApi.ours().operations().stream()
          .filter(operation -> operation.toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(this.name + ": no such operation: " + name))
          .definition();
    }
  }

  private static List<Sample> samples() {
    try (Stream<Path> files = Files.list(RunningBerth.root().resolve("events"))) {
      List<Sample> samples = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        JsonNode event = JSON.readTree(Files.readString(file));
        samples.add(new Sample(file.getFileName().toString().replaceFirst("\\.json$", ""), event));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyFunctionHasOneThatItRefuses() {
    Set<String> handlers =
        ALL.stream().map(Sample::handler).collect(Collectors.toCollection(TreeSet::new));
    handlers.removeAll(REFUSES_NOTHING);
    ALL.stream().filter(Sample::isFailure).map(Sample::handler).forEach(handlers::remove);

    assertThat(handlers).isEmpty();
  }

  @Test
  void whatIsNotRefusedIsTheDocumentationsExample() {
    for (Sample sample : SAMPLES) {
      if (sample.isFailure()) {
        continue;
      }
      JsonNode content = sample.operation().at("/requestBody/content/application~1json");
      List<JsonNode> bodies = new ArrayList<>();
      Optional.ofNullable(content.get("example")).ifPresent(bodies::add);
      content.path("examples").forEach(example -> bodies.add(example.get("value")));
      if (!bodies.isEmpty()) {
        assertThat(bodies)
            .as(sample.name())
            .contains(JSON.readTree(sample.event().get("body").asString()));
      }
      for (JsonNode each : sample.operation().path("parameters")) {
        JsonNode parameter =
            each.has("$ref")
                ? OpenApi.ours().document().at(each.get("$ref").asString().substring(1))
                : each;
        String sent = sent(sample.event(), parameter);
        if (parameter.has("example") && sent != null) {
          assertThat(sent)
              .as(sample.name() + " " + parameter.get("name"))
              .isEqualTo(parameter.get("example").asString());
        }
      }
    }
  }

  private static String sent(JsonNode event, JsonNode parameter) {
    String place =
        switch (parameter.path("in").asString("")) {
          case "path" -> "pathParameters";
          case "query" -> "queryStringParameters";
          default -> "none";
        };
    return event.path(place).path(parameter.path("name").asString("")).asString(null);
  }

  /** They are sent past the authorizer, as {@code sam local invoke} does, and change nothing. */
  @Test
  void whatIsRefusedIsRefusedAsDocumented(RunningBerth.Town town) {
    for (Sample sample : SAMPLES) {
      if (!sample.isFailure()) {
        continue;
      }
      JsonNode answer = JSON.readTree(head(invoke(town, sample).payload()));
      String status = answer.path("statusCode").asString("");

      assertThat(status).as(sample.name() + ": " + answer).matches("4\\d\\d");
      assertThat(documented(sample)).as(sample.name()).contains(status);
    }
  }

  /** A function that streams writes its answer's body after eight zero bytes. */
  private static String head(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8).split("\0", 2)[0];
  }

  @Test
  void whatNoUserCallsFailsVisibly(RunningBerth.Town town) {
    List<String> silent =
        ALL.stream()
            .filter(sample -> sample.isFailure() && !sample.isOfApi() && !sample.isOfAuthorizer())
            .filter(sample -> invoke(town, sample).functionError().isEmpty())
            .map(Sample::name)
            .toList();

    assertThat(silent).isEmpty();
  }

  private static InvocationResult invoke(RunningBerth.Town town, Sample sample) {
    String function =
        FUNCTIONS.stream()
            .filter(each -> file(each).equals(sample.handler()))
            .map(LambdaFunction::logicalId)
            .findFirst()
            .orElseThrow();
    return town.berth().lambda().invoke(function, JSON.writeValueAsBytes(sample.event()));
  }

  private static Set<String> documented(Sample sample) {
    return sample.operation().get("responses").propertyNames().stream().collect(Collectors.toSet());
  }

  private static String file(LambdaFunction function) {
    String simple = function.handler().substring(function.handler().lastIndexOf('.') + 1);
    return simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
