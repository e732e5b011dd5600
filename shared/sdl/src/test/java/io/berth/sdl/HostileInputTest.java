package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that means harm, or no good: refused with a place, quickly, and never by an exception. */
class HostileInputTest {

  private static List<Problem> problems(String text) {
    SdlResult result = Sdl.plan(text, SdlOptions.asWritten(Layout.GO));
    assertThat(result).isInstanceOf(SdlResult.Invalid.class);
    List<Problem> problems = ((SdlResult.Invalid) result).problems();
    assertThat(problems).isNotEmpty();
    return problems;
  }

  @Test
  void limitsTheDocumentInBytesNotCharacters() {
    String accented = "é".repeat(Sdl.MAX_BYTES / 2);

    assertThat(problems(accented)).extracting(Problem::rule).doesNotContain("size-limit");
    assertThat(problems(accented + "x")).extracting(Problem::rule).containsExactly("size-limit");
    assertThat(problems("x".repeat(Sdl.MAX_BYTES + 1)))
        .extracting(Problem::rule)
        .containsExactly("size-limit");
  }

  @Test
  void limitsNesting() {
    assertThat(problems("[".repeat(30_000)))
        .extracting(Problem::message)
        .containsExactly("nested deeper than 40 levels");
    assertThat(problems("{a: ".repeat(15_000))).hasSize(1);
    assertThat(problems("- ".repeat(30_000))).hasSize(1);
  }

  @Test
  void doesNotBlowUpOnAliasesOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append("*a%d, ".formatted(i - 1).repeat(9))
          .append("*a%d]\n".formatted(i - 1));
    }

    assertThat(problems(bomb.toString())).extracting(Problem::rule).containsExactly("yaml");
  }

  @Test
  void doesNotFollowAnAnchorIntoItself() {
    assertThat(problems("a: &a [*a]")).extracting(Problem::rule).containsExactly("yaml");
    assertThat(problems("a: &a {b: *a}")).extracting(Problem::rule).containsExactly("yaml");
  }

  @Test
  void refusesDuplicateKeysWithTheirPlace() {
    assertThat(problems("version: \"2.0\"\nservices: {}\nversion: \"2.1\"\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.rule()).isEqualTo("duplicate-key");
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.column()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: !!str 2.0",
        "a: !env HOME",
        "a: !!java.io.File [/etc/passwd]",
        "!<tag:yaml.org,2002:map> {a: b}"
      })
  void refusesTagsOfAnyType(String text) {
    assertThat(problems(text)).extracting(Problem::message).first().asString().contains("tag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\n",
        "#",
        "null",
        "- a",
        "a",
        "\u0000",
        "\uFEFF",
        "\t- a",
        "a: \"\\ud800\"",
        "\ud800",
        "{",
        "[",
        "'",
        "\"",
        "? [a]: b",
        "--- a\n--- b",
        "%YAML 9.9\n---\na",
        "a: *missing",
        "<<: 1",
        "<<: [[1]]",
        "version: 1e999999999",
        "version: .inf",
        "services: {web: null}",
        "services: [1, 2]",
        "profiles: 7\ndeployment: true"
      })
  void refusesWhatIsNoSdl(String text) {
    problems(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: 99999999999999999999999999",
        "port: 1e400000000",
        "port: 1e-400000000",
        "port: -1",
        "port: 0x7fffffffffffffffffffffffff",
        "port: .nan",
        "port: 80.5"
      })
  void refusesNumbersOutOfRange(String port) {
    assertThat(problems("version: \"2.0\"\nservices: {web: {image: x, expose: [{" + port + "}]}}"))
        .extracting(Problem::pointer)
        .contains("/services/web/expose/0/port");
  }

  @Test
  void takesNoLongerOnTextMadeToTireAPattern() {
    String host = "a".repeat(30_000) + "!";
    String env = "A".repeat(20_000) + " =";
    String text =
        "version: \"2.0\"\nservices: {web: {image: x, env: [\"%s\"], expose: [{port: 80, accept: [\"%s\"]}]}}"
            .formatted(env, host);

    assertThat(problems(text)).extracting(Problem::rule).contains("hostname", "env-name");
  }

  @Test
  void readsAnyUnicodeInTexts() {
    String text = "\uD83D\uDE00 \u0645\u0631\u062D\u0628\u0627 \u4F60\u597D \u2028";
    SdlResult result = Sdl.plan(withEnv(text), SdlOptions.asWritten(Layout.GO));

    assertThat(result)
        .isInstanceOfSatisfying(
            SdlResult.Valid.class,
            valid ->
                assertThat(valid.plan().manifest())
                    .contains("\uD83D\uDE00 \u0645\u0631\u062D\u0628\u0627 \u4F60\u597D \\u2028"));
  }

  private static String withEnv(String value) {
    return """
        version: "2.0"
        services:
          web:
            image: nginx
            env: ["X=%s"]
            expose: [{port: 80, to: [{global: true}]}]
        profiles:
          compute:
            web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
          placement:
            p: {pricing: {web: {denom: uact, amount: 1}}}
        deployment:
          web: {p: {profile: web, count: 1}}
        """
        .formatted(value);
  }
}
