package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What people and Console's clients are told about a wrong document. */
class ProblemsTest {
  private static final String GOOD =
      """
      version: "2.0"
      services:
        web:
          image: nginx
          expose:
            - port: 80
              to:
                - global: true
      profiles:
        compute:
          web:
            resources:
              cpu:
                units: 1
              memory:
                size: 1Gi
              storage:
                size: 1Gi
        placement:
          akash:
            pricing:
              web:
                denom: uact
                amount: 100
      deployment:
        web:
          akash:
            profile: web
            count: 1
      """;

  /** Texts of the schema checker about its own branches, not about the author's mistake. */
  private static final List<String> NOISE =
      List.of(
          "should be null.",
          "must match \"then\" schema.",
          "must NOT be valid.",
          "must be off.",
          "must contain at least 1 valid item(s).");

  private static final String OTHER_TYPE = "the other type that the schema would take as well";
  private static final String JS_YAML = "js-yaml's own words, with an excerpt of the text";
  private static final String FOLLOWS = "follows from the unknown profile, which is reported";

  /** Message endings that we leave out, by case. */
  private static final Map<String, Map<String, String>> LEFT_OUT =
      Map.ofEntries(
          Map.entry("20-cpu-negative", Map.of("should be string.", OTHER_TYPE)),
          Map.entry("21-cpu-zero", Map.of("should be string.", OTHER_TYPE)),
          Map.entry("22-cpu-zero-milli", Map.of("should be number.", OTHER_TYPE)),
          Map.entry("23-cpu-word", Map.of("should be number.", OTHER_TYPE)),
          Map.entry("31-ram-persistent", Map.of("should be object.", OTHER_TYPE)),
          Map.entry("32-class-without-persistent", Map.of("should be object.", OTHER_TYPE)),
          Map.entry("33-class-persistent-false", Map.of("should be object.", OTHER_TYPE)),
          Map.entry("40-gpu-zero-with-attributes", Map.of("should be string.", OTHER_TYPE)),
          Map.entry("44-unknown-profile", Map.of("compute volume \"data\".", FOLLOWS)),
          Map.entry("63-amount-negative", Map.of("should be string.", OTHER_TYPE)),
          Map.entry("64-amount-word", Map.of("should be number.", OTHER_TYPE)),
          Map.entry("83-many-errors", Map.of("should be string.", OTHER_TYPE)),
          Map.entry("84-many-semantic-errors", Map.of("compute volume \"ghost\".", FOLLOWS)),
          Map.entry("85-yaml-duplicate-key", Map.of("", JS_YAML)),
          Map.entry("86-yaml-tab", Map.of("", JS_YAML)),
          Map.entry("87-yaml-unclosed", Map.of("", JS_YAML)),
          Map.entry("89-yaml-unknown-alias", Map.of("", JS_YAML)),
          Map.entry("95-yaml-custom-tag", Map.of("", JS_YAML)));

  static Stream<Path> invalid() {
    return Fixtures.cases("sdl-ts/invalid");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void saysWhatConsoleSays(Path folder) {
    Set<String> leftOut = LEFT_OUT.getOrDefault(folder.getFileName().toString(), Map.of()).keySet();
    List<String> expected =
        Fixtures.json(folder, "errors.json")
            .get("expected_messages")
            .valueStream()
            .map(JsonNode::asString)
            .filter(message -> NOISE.stream().noneMatch(message::endsWith))
            .filter(message -> leftOut.stream().noneMatch(message::endsWith))
            .toList();

    assertThat(problems(Fixtures.text(folder, "input.yaml"), Layout.CONSOLE))
        .extracting(Problem::message)
        .containsAll(expected);
  }

  @Test
  void takesTheGoodDocument() {
    assertThat(Sdl.plan(GOOD, SdlOptions.asWritten(Layout.GO))).isInstanceOf(SdlResult.Valid.class);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("image: nginx", "imagee: nginx", "unknown-field", "/services/web/imagee", 4, 5),
        mistake("image: nginx", "image: 12", "type", "/services/web/image", 4, 12),
        mistake("port: 80", "port: 0", "minimum", "/services/web/expose/0/port", 6, 15),
        mistake(
            "global: true",
            "{global: true, ip: front}",
            "unknown-endpoint",
            "/services/web/expose/0/to/0/ip",
            8,
            32),
        mistake(
            "units: 1",
            "units: 0.0001",
            "cpu",
            "/profiles/compute/web/resources/cpu/units",
            14,
            18),
        mistake(
            "size: 1Gi",
            "size: 1Gb",
            "size",
            "/profiles/compute/web/resources/memory/size",
            16,
            17),
        mistake(
            "denom: uact",
            "denom: uatc",
            "one-of",
            "/profiles/placement/akash/pricing/web/denom",
            23,
            18),
        mistake(
            "profile: web",
            "profile: wbe",
            "unknown-profile",
            "/deployment/web/akash/profile",
            28,
            16),
        mistake(
            "    akash:\n      profile",
            "    aksh:\n      profile",
            "unknown-placement",
            "/deployment/web/aksh",
            28,
            7),
        mistake("web:\n    image", "a/b~c:\n    image", "service-name", "/services/a~1b~0c", 4, 5),
        mistake("count: 1", "count: 1\nservises: 1", "unknown-field", "/servises", 30, 1));
  }

  private static Arguments mistake(
      String right, String wrong, String rule, String pointer, int line, int column) {
    return Arguments.of(right, wrong, rule, pointer, line, column);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void pointsExactlyAtTheMistake(
      String right, String wrong, String rule, String pointer, int line, int column) {
    assertThat(GOOD).contains(right);
    String text = replaceFirst(GOOD, right, wrong);

    assertThat(problems(text, Layout.GO))
        .filteredOn(problem -> problem.rule().equals(rule))
        .first()
        .extracting(Problem::pointer, Problem::line, Problem::column)
        .containsExactly(pointer, line, column);
  }

  private static String replaceFirst(String text, String old, String with) {
    int at = text.indexOf(old);
    return text.substring(0, at) + with + text.substring(at + old.length());
  }

  @Test
  void tellsAllMistakesAtOnceInDocumentOrder() {
    String text =
        GOOD.replace("count: 1", "count: 0")
            .replace("memory:", "memmory:")
            .replace("port: 80", "port: 99999")
            .replace("denom: uact", "denom: dollar");

    List<Problem> problems = problems(text, Layout.GO);

    assertThat(problems)
        .extracting(Problem::rule)
        .containsExactly("maximum", "required", "unknown-field", "one-of", "minimum");
    List<Integer> lines = new ArrayList<>(problems.stream().map(Problem::line).toList());
    assertThat(lines).isSorted();
  }

  @Test
  void namesAnUnknownFieldAndGuessesWhatWasMeant() {
    Problem problem =
        problems(GOOD.replace("memory:", "memmory:"), Layout.GO).stream()
            .filter(found -> found.rule().equals("unknown-field"))
            .findFirst()
            .orElseThrow();

    assertThat(problem.message())
        .isEqualTo(
            "Additional property \"memmory\" is not allowed at"
                + " \"/profiles/compute/web/resources\".");
    assertThat(problem.suggestion()).contains("did you mean `memory`?");
  }

  @Test
  void guessesNothingForWhatResemblesNothing() {
    assertThat(problems(GOOD + "zebra: 1\n", Layout.GO))
        .singleElement()
        .extracting(Problem::suggestion)
        .isEqualTo(Optional.empty());
  }

  @Test
  void suggestsQuotesForTextThatYamlTakesForANumber() {
    assertThat(problems(GOOD.replace("\"2.0\"", "2.0"), Layout.GO))
        .first()
        .extracting(Problem::suggestion)
        .isEqualTo(Optional.of("write \"2.0\" in quotes"));
  }

  private static List<Problem> problems(String text, Layout layout) {
    return switch (Sdl.plan(text, SdlOptions.asWritten(layout))) {
      case SdlResult.Invalid invalid -> invalid.problems();
      case SdlResult.Valid valid -> List.of();
    };
  }
}
