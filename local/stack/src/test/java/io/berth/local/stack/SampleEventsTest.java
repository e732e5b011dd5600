package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Another form of a request, and no failure. */
  private static final Set<String> FORMS = Set.of("get-deployment-settings.version-1");

  /** Nothing of such a request can be wrong, or its answer is no API event's. */
  private static final Set<String> REFUSES_NOTHING =
      Set.of("get-document", "stream-deployment-logs");

  private static final List<Sample> SAMPLES = samples();

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
        if (event.has("resource") && !event.path("type").asString("").equals("REQUEST")) {
          samples.add(
              new Sample(file.getFileName().toString().replaceFirst("\\.json$", ""), event));
        }
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyEndpointHasOneThatItRefuses() {
    Set<String> handlers =
        SAMPLES.stream().map(Sample::handler).collect(Collectors.toCollection(TreeSet::new));
    handlers.removeAll(REFUSES_NOTHING);
    SAMPLES.stream().filter(Sample::isFailure).map(Sample::handler).forEach(handlers::remove);

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
    Map<String, String> functions =
        ContractTest.template().functions().stream()
            .collect(Collectors.toMap(SampleEventsTest::file, LambdaFunction::logicalId));
    for (Sample sample : SAMPLES) {
      if (!sample.isFailure()) {
        continue;
      }
      byte[] event = JSON.writeValueAsBytes(sample.event());
      JsonNode answer =
          JSON.readTree(
              town.berth().lambda().invoke(functions.get(sample.handler()), event).payload());
      String status = answer.path("statusCode").asString("");

      assertThat(status).as(sample.name() + ": " + answer).matches("4\\d\\d");
      assertThat(documented(sample)).as(sample.name()).contains(status);
    }
  }

  private static Set<String> documented(Sample sample) {
    return sample.operation().get("responses").propertyNames().stream().collect(Collectors.toSet());
  }

  private static String file(LambdaFunction function) {
    String simple = function.handler().substring(function.handler().lastIndexOf('.') + 1);
    return simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
