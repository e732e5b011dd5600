package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is meant to hurt: always an answer, and soon. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HostileInputTest {
  private static final String FRAME =
      """
      version: "2.0"
      services:
        web:
          image: IMAGE
          env: [ENV]
          expose: [{port: PORT, accept: [HOST], to: [{global: true}]}]
      profiles:
        compute:
          web: {resources: {cpu: {units: CPU}, memory: {size: SIZE}, storage: {size: 1Gi}}}
        placement:
          akash: {attributes: {KEY: x}, pricing: {web: {denom: uact, amount: AMOUNT}}}
      deployment: {web: {akash: {profile: web, count: COUNT}}}
      """;
  private static final List<List<String>> HOLES =
      List.of(
          List.of("IMAGE", "nginx"),
          List.of("ENV", "A=1"),
          List.of("PORT", "80"),
          List.of("HOST", "a.example"),
          List.of("CPU", "1"),
          List.of("SIZE", "1Gi"),
          List.of("KEY", "region"),
          List.of("AMOUNT", "100"),
          List.of("COUNT", "1"));

  @Test
  void theFrameItselfIsValid() {
    assertThat(Sdl.plan(with("", ""), SdlOptions.asWritten(Layout.GO)))
        .isInstanceOf(SdlResult.Valid.class);
  }

  private static String with(String hole, String value) {
    String text = FRAME;
    for (List<String> each : HOLES) {
      text = text.replace(each.get(0), each.get(0).equals(hole) ? value : each.get(1));
    }
    return text;
  }

  @Test
  void countsTheLimitInBytesOfUtf8() {
    String padding = "# ";
    String frame = with("", "") + padding;
    int room = Sdl.MAX_BYTES - frame.length();

    assertThat(plan(frame + "x".repeat(room))).isInstanceOf(SdlResult.Valid.class);
    assertThat(rules(frame + "x".repeat(room + 1))).containsExactly("size-limit");
    assertThat(rules(frame + "é".repeat(room / 2 + 1))).containsExactly("size-limit");
  }

  @Test
  void countsAliasesAsFarAsTheyGrowTheDocument() {
    String bomb =
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
            + IntStream.range(1, 9)
                .mapToObj(
                    i -> {
                      String before = "*" + (char) ('a' + i - 1);
                      return "%c: &%c [%s]%n"
                          .formatted(
                              'a' + i,
                              'a' + i,
                              Stream.generate(() -> before)
                                  .limit(9)
                                  .collect(Collectors.joining(",")));
                    })
                .collect(Collectors.joining());

    assertThat(rules(bomb)).containsExactly("yaml");
  }

  static Stream<Arguments> refusedAsYaml() {
    return Stream.of(
        Arguments.of("flow nesting", "a: " + "[".repeat(20_000)),
        Arguments.of("closed flow nesting", "[".repeat(20_000) + "]".repeat(20_000)),
        Arguments.of("map nesting", "{a: ".repeat(10_000)),
        Arguments.of("block nesting", "- ".repeat(10_000) + "x"),
        Arguments.of(
            "indentation",
            IntStream.range(0, 200)
                .mapToObj(i -> " ".repeat(i) + "a:\n")
                .collect(Collectors.joining())),
        Arguments.of("many aliases", "a: &a x\nb: [" + "*a,".repeat(200) + "]"),
        Arguments.of("an anchor within itself", "a: &a [*a]"),
        Arguments.of("a mapping within itself", "a: &a {b: *a}"),
        Arguments.of("merging oneself", "a: &a {<<: *a}"),
        Arguments.of("merging a text", "a: {<<: x}"),
        Arguments.of("an unknown alias", "a: *b"),
        Arguments.of("a Java type", "a: !!java.net.URL [\"http://localhost\"]"),
        Arguments.of("a standard type", "a: !!str 1"),
        Arguments.of("a local type", "a: !env X"),
        Arguments.of("two documents", "a: 1\n---\nb: 2\n"),
        Arguments.of("a list as a key", "? [a]\n: b\n"),
        Arguments.of("an open quote", "a: \"x"),
        Arguments.of("a tab as indentation", "a:\n\tb: 1\n"),
        Arguments.of("NUL", "a: \0"),
        Arguments.of("a control character", "a: \u0007"),
        Arguments.of("a directive", "%FOO bar\n%YAML 9.9\n---\na: 1\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedAsYaml")
  void refusesAsYaml(String name, String text) {
    assertThat(rules(text)).containsExactly("yaml");
  }

  @Test
  void refusesDuplicateKeysWhereverTheyAre() {
    assertThat(rules("a: {b: 1, b: 2}")).containsExactly("duplicate-key");
    assertThat(rules("version: 1\nx: 2\nversion: 3\n")).containsExactly("duplicate-key");
    assertThat(rules("a: 1\n\"a\": 2\n")).containsExactly("duplicate-key");
  }

  static Stream<Arguments> values() {
    List<String> hostile =
        List.of(
            "1e999999999",
            "1e-999999999",
            "-1e999999999",
            "1E+2147483647",
            "1E-2147483648",
            "9".repeat(10_000),
            "\"" + "9".repeat(10_000) + "\"",
            "\"" + "9".repeat(10_000) + "Gi\"",
            "\"0." + "0".repeat(10_000) + "1\"",
            "0x" + "f".repeat(10_000),
            "\"1e999999999\"",
            "-0",
            ".inf",
            ".nan",
            "2001-01-01",
            "~",
            "[]",
            "{}",
            "\"\"",
            "\"\\0\"",
            "\"\\uD800\"",
            "\uFEFF",
            "\"\uD83D\uDE00\"",
            "\"" + "a-".repeat(15_000) + "!\"",
            "\"" + "a.".repeat(15_000) + "!\"",
            "\"" + "a".repeat(30_000) + "!\"",
            "\"" + "=".repeat(30_000) + "\"");
    return HOLES.stream()
        .flatMap(hole -> hostile.stream().map(value -> Arguments.of(hole.getFirst(), value)));
  }

  @ParameterizedTest(name = "{0}, case {index}")
  @MethodSource("values")
  void alwaysAnswers(String hole, String value) {
    for (Layout layout : Layout.values()) {
      assertThat(Sdl.plan(with(hole, value), SdlOptions.asWritten(layout))).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("quantities")
  void refusesNumbersOutOfRange(String hole, String value) {
    assertThat(plan(with(hole, value))).isInstanceOf(SdlResult.Invalid.class);
  }

  static Stream<Arguments> quantities() {
    return Stream.of("PORT", "CPU", "SIZE", "AMOUNT", "COUNT")
        .flatMap(
            hole ->
                Stream.of("1e999999999", "9".repeat(10_000), "1e-999999999", "-1", ".inf")
                    .map(value -> Arguments.of(hole, value)));
  }

  @Test
  void refusesWhatIsNoDocument() {
    for (String text :
        Arrays.asList("", " ", "\n", "# nothing\n", "---\n", "...", "~", "x", "1", "[]", "{}")) {
      assertThat(plan(text)).as("<%s>", text).isInstanceOf(SdlResult.Invalid.class);
    }
  }

  @Test
  void takesAByteOrderMarkAtTheStart() {
    assertThat(plan("\uFEFF" + with("", ""))).isInstanceOf(SdlResult.Valid.class);
  }

  @Test
  void refusesHalfOfASurrogatePair() {
    assertThat(plan(with("IMAGE", "ng\uD800inx"))).isInstanceOf(SdlResult.Invalid.class);
    assertThat(plan(with("IMAGE", "ng\uDC00inx"))).isInstanceOf(SdlResult.Invalid.class);
    assertThat(plan(with("IMAGE", "\"ng\\uD800inx\""))).isInstanceOf(SdlResult.Invalid.class);
  }

  @Test
  void keepsEveryOtherCharacter() {
    assertThat(((SdlResult.Valid) plan(with("ENV", "\"A=é\uD83D\uDE00\\0\""))).plan().manifest())
        .contains("A=é\uD83D\uDE00\\u0000");
  }

  private static SdlResult plan(String text) {
    return Sdl.plan(text, SdlOptions.asWritten(Layout.GO));
  }

  private static List<String> rules(String text) {
    return plan(text) instanceof SdlResult.Invalid invalid
        ? invalid.problems().stream().map(Problem::rule).toList()
        : List.of();
  }
}
