package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of a document in turn is something nobody would write: a problem or a plan. */
class HostileValuesTest {
  private static final int LONGEST_MESSAGE = 401;

  /** Each {@code @} stands for a value. */
  private static final String TEMPLATE =
      """
      version: @
      endpoints: {addr: {kind: @}}
      services:
        web:
          image: @
          command: [@]
          env: [@]
          credentials: {host: @, username: @, password: @, email: @}
          params: {storage: {data: {mount: @, readOnly: @}}, permissions: {read: [@]}, tee: @}
          expose:
            - port: @
              as: @
              proto: @
              accept: [@]
              to: [{global: @, ip: @, service: @}]
              http_options: {max_body_size: @, next_tries: @, next_cases: [@]}
      profiles:
        compute:
          web:
            resources:
              cpu: {units: @, attributes: {arch: @}}
              memory: {size: @}
              storage: [{name: @, size: @, attributes: {persistent: @, class: @}}]
              gpu: {units: @, attributes: {vendor: {nvidia: [{model: @, ram: @, interface: @}]}}}
        placement:
          dc:
            attributes: {region: @}
            signedBy: {anyOf: [@], allOf: [@]}
            pricing: {web: {denom: @, amount: @}}
      deployment: {web: {dc: {profile: @, count: @}}}
      reclamation: {min_window: @}
      """;

  private static final List<String> VALUES =
      List.of(
          "99999999999999999999999999999999999999999999",
          "-99999999999999999999999999999999999999999999",
          "9223372036854775808",
          "-0",
          "1e400000000",
          "1e-400000000",
          "1e63",
          "'1e9'",
          ".nan",
          "-.inf",
          "1_000",
          "0o17",
          "017",
          "0x1F",
          "0b11",
          "+.5",
          "'99999999999999999999999999999999999999Ei'",
          "'0.00000000000000000000000000001Gi'",
          "\"\\0\"",
          "\"\\x1b[31m\\a\"",
          "\"\\u202eevil\\u2066\"",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\"\\ud83d\\ude00\"",
          "\uFFFD\u00A0\u2028",
          "'" + "x".repeat(5000) + "'",
          "'" + "9".repeat(5000) + "Gi'",
          "1".repeat(3000),
          "2020-01-01 " + "0".repeat(3000),
          "[[[]]]",
          "{a: {b: c}}",
          "null",
          "''",
          "yes");

  static Stream<String> documents() {
    long places = TEMPLATE.chars().filter(c -> c == '@').count();
    return VALUES.stream()
        .flatMap(
            value ->
                Stream.concat(
                    Stream.of(TEMPLATE.replace("@", value)),
                    IntStream.range(0, (int) places).mapToObj(place -> withValue(place, value))));
  }

  private static String withValue(int place, String value) {
    StringBuilder text = new StringBuilder();
    String[] parts = TEMPLATE.split("@", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      text.append(parts[i]).append(i == place ? value : "x");
    }
    return text.append(parts[parts.length - 1]).toString();
  }

  private static List<Problem> problems(String sdl, Layout layout) {
    return switch (Sdl.plan(sdl, SdlOptions.asWritten(layout))) {
      case SdlResult.Valid valid -> List.of();
      case SdlResult.Invalid invalid -> invalid.problems();
    };
  }

  @Test
  void answersEveryValueEverywhereWithinBounds() {
    assertThat(documents())
        .allSatisfy(
            sdl -> {
              for (Layout layout : Layout.values()) {
                assertThat(problems(sdl, layout))
                    .isNotEmpty()
                    .allSatisfy(HostileValuesTest::isBounded);
              }
            });
  }

  private static void isBounded(Problem problem) {
    assertThat(problem.message()).hasSizeBetween(1, LONGEST_MESSAGE);
    assertThat(problem.suggestion().orElse("")).hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
    assertThat(problem.line()).isPositive();
    assertThat(problem.column()).isPositive();
  }

  private static String services(int count, Function<Integer, String> service) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  " + service.apply(i) + "\n")
        .collect(Collectors.joining("", "version: \"2.0\"\nservices:\n", ""));
  }

  static Stream<String> bulks() {
    return Stream.of(
        IntStream.range(0, 10_000)
            .mapToObj(i -> Integer.toString(i, 36))
            .collect(Collectors.joining(",", "services: {", "}")),
        "a: !" + "t".repeat(50_000) + " x",
        "a: *" + "t".repeat(50_000),
        "a: '" + "\uD83D\uDE00".repeat(10_000),
        services(6_000, i -> "s" + i + ": 1"),
        services(4_000, i -> "s" + i + ": {a: 1}"),
        "? " + "k".repeat(30_000) + "\n: " + "[1, ".repeat(30) + "]".repeat(30),
        "version: \"2.0\"\nservices:\n  "
            + "k".repeat(1000)
            + ": {env: ["
            + "1,".repeat(25_000)
            + "]}",
        "a: &a [" + "1,".repeat(20_000) + "]\nb: [" + "*a,".repeat(100) + "]",
        "a: &a {" + "<<: {b: 1}, ".repeat(4_000) + "}\n",
        "x: 1\n".repeat(12_000),
        "{".repeat(39) + "a: 1" + "}".repeat(39));
  }

  @ParameterizedTest
  @MethodSource("bulks")
  void answersMuchWithLittle(String sdl) {
    assertThat(sdl.length()).isLessThanOrEqualTo(Sdl.MAX_BYTES);
    List<Problem> problems = problems(sdl, Layout.GO);

    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(500);
    assertThat(problems).allSatisfy(HostileValuesTest::isBounded);
    assertThat(problems.stream().mapToInt(problem -> problem.pointer().length()).sum())
        .isLessThan(1_000_000);
  }

  @Test
  void readsTheGreatestDocumentThatIsValid() {
    String web = "{image: x, expose: [{port: 80, to: [{global: true}]}]}";
    int services = 500;
    String sdl =
        services(services, i -> "s" + i + ": " + web)
            + "profiles: {compute: {p: {resources: {cpu: {units: 10m}, memory: {size: 1Mi},"
            + " storage: {size: 5Mi}}}}, placement: {d: {pricing: {p: {denom: uact, amount: 1}}}}}\n"
            + "deployment:\n"
            + IntStream.range(0, services)
                .mapToObj(i -> "  s" + i + ": {d: {profile: p, count: 1}}\n")
                .collect(Collectors.joining());

    assertThat(problems(sdl, Layout.GO)).isEmpty();
    assertThat(problems(sdl, Layout.CONSOLE)).isEmpty();
  }

  @Test
  void refusesAShortDocumentThatAsksForAVeryLongManifest() {
    int services = 400;
    String volumes =
        IntStream.range(0, 400)
            .mapToObj(i -> "{name: v" + i + ", size: 5Mi}")
            .collect(Collectors.joining(", ", "[{size: 5Mi}, ", "]"));
    String sdl =
        services(
                services, i -> "s" + i + ": {image: x, expose: [{port: 80, to: [{global: true}]}]}")
            + "profiles: {compute: {p: {resources: {cpu: {units: 10m}, memory: {size: 1Mi},"
            + " storage: "
            + volumes
            + "}}}, placement: {d: {pricing: {p: {denom: uact, amount: 1}}}}}\n"
            + "deployment:\n"
            + IntStream.range(0, services)
                .mapToObj(i -> "  s" + i + ": {d: {profile: p, count: 1}}\n")
                .collect(Collectors.joining());
    assertThat(sdl.length()).isLessThanOrEqualTo(Sdl.MAX_BYTES);

    assertThat(problems(sdl, Layout.GO))
        .extracting(Problem::rule)
        .containsExactly("manifest-limit");
  }
}
