package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The edges of the grammar as the TypeScript SDK 1.0.0-alpha.25 reads them: each outcome in {@code
 * fixtures/console-vectors.json} came out of it (bench/sdl/ts/vectors.mjs).
 */
class ConsoleVectorsTest {
  private static final SdlOptions CONSOLE = SdlOptions.asWritten(Layout.CONSOLE);

  /** Where we part with that version on purpose, and why. */
  private static final Map<String, String> DIFFERENT =
      Map.ofEntries(
          Map.entry("expose null", "later versions take it (fixture 38)"),
          Map.entry("params empty", "later versions write null for no storage (fixture 37)"),
          Map.entry("params storage empty", "later versions write null for no storage"),
          Map.entry("permissions", "later versions write null for no storage"),
          Map.entry("permissions empty", "later versions write null for no storage"),
          Map.entry("ram by class alone", "later versions refuse it (fixture 50)"),
          Map.entry("gpu empty", "later schemas take it for no GPU, and Go always did"),
          Map.entry("gpu zero as text", "0 in quotes asks for no GPU either"),
          Map.entry("mount missing", "a volume without a name is called default, also by mounts"),
          Map.entry("volume empty", "a volume without a name is called default, also by mounts"),
          Map.entry("attribute of one letter", "the chain refuses the name"),
          Map.entry("attribute words", "a date would come out in the SDK's locale and time zone"));

  record Vector(String name, JsonNode data) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Vector> vectors() {
    return Fixtures.resource("console-vectors.json")
        .valueStream()
        .map(vector -> new Vector(vector.get("name").asString(), vector))
        .filter(vector -> !DIFFERENT.containsKey(vector.name()));
  }

  static Stream<Vector> accepted() {
    return vectors().filter(vector -> vector.data().has("hash"));
  }

  static Stream<Vector> refused() {
    return vectors().filter(vector -> vector.data().has("refused"));
  }

  @Test
  void namesOnlyVectorsThatExist() {
    assertThat(Fixtures.resource("console-vectors.json").valueStream())
        .extracting(vector -> vector.get("name").asString())
        .containsAll(DIFFERENT.keySet())
        .hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void laysOutEdgesAsTheSdkDoes(Vector vector) {
    assertThat(Sdl.plan(vector.data().get("sdl").asString(), CONSOLE))
        .isInstanceOfSatisfying(
            SdlResult.Valid.class,
            valid -> {
              assertThat(valid.plan().manifest())
                  .isEqualTo(vector.data().get("manifest").asString());
              assertThat(valid.plan().hash()).isEqualTo(vector.data().get("hash").asString());
              assertThat(Fixtures.consoleGroups(valid.plan().groups()))
                  .isEqualTo(Fixtures.withPlainAmounts(vector.data().get("groups")));
            });
  }

  /** Refused as the SDK does, but told once, or as its later schemas tell it. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "env with a number",
          "mount empty text",
          "gpu null units",
          "gpu zero with attributes",
          "gpu without attributes",
          "gpu vendor empty");

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatTheSdkRefusesInItsWords(Vector vector) {
    List<String> words =
        vector.data().get("refused").valueStream().map(JsonNode::asString).toList();

    assertThat(Sdl.plan(vector.data().get("sdl").asString(), CONSOLE))
        .isInstanceOfSatisfying(
            SdlResult.Invalid.class,
            invalid -> {
              if (!OTHER_WORDS.contains(vector.name())) {
                assertThat(invalid.problems())
                    .extracting(Problem::message)
                    .containsExactlyElementsOf(words);
              }
            });
  }
}
