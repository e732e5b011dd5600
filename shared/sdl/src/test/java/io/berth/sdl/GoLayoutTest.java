package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.layout.Planner;
import io.berth.sdl.read.DocumentReader;
import io.berth.sdl.read.DocumentResult;
import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The Go parser's cases: fixtures/sdl. */
class GoLayoutTest {
  private static final SdlOptions GO = SdlOptions.asWritten(Layout.GO);

  static Stream<Path> valid() {
    return Fixtures.cases("sdl/valid");
  }

  static Stream<Path> invalid() {
    return Stream.concat(Fixtures.cases("sdl/invalid"), Fixtures.cases("sdl/strict-only-invalid"));
  }

  /** The layout is Go's also where the strict rules refuse what Go's parser lets pass. */
  @ParameterizedTest
  @MethodSource("valid")
  void laysOutGroupsManifestAndHashAsGoDoes(Path folder) {
    YamlResult yaml = Yaml.read(Fixtures.text(folder, "input.yaml"), Yaml.Places.KEPT);
    DocumentResult read = DocumentReader.read(((YamlResult.Read) yaml).value(), GO);

    DeploymentPlan plan = new Planner(read.document(), Layout.GO).plan();

    assertThat(Fixtures.goGroups(plan.groups())).isEqualTo(Fixtures.json(folder, "groups.json"));
    assertThat(Fixtures.JSON.readTree(plan.manifest()))
        .isEqualTo(Fixtures.json(folder, "manifest.json"));
    assertThat(plan.hash()).isEqualTo(Fixtures.text(folder, "version.txt").strip());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsWhatTheStrictSchemaAcceptsAndRefusesTheRestInTheSamePlaces(Path folder) {
    JsonNode facts = Fixtures.json(folder, "case.json");

    SdlResult result = Sdl.plan(Fixtures.text(folder, "input.yaml"), GO);

    if (facts.get("strictSchema").asString().equals("accepts")) {
      assertThat(result).isInstanceOf(SdlResult.Valid.class);
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              SdlResult.Invalid.class,
              invalid ->
                  assertThat(facts.get("strictSchemaRejectsAt").valueStream())
                      .allSatisfy(
                          at ->
                              assertThat(invalid.problems())
                                  .anyMatch(
                                      problem -> problem.pointer().startsWith(at.asString()))));
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesWithAPlaceWhatIsInvalid(Path folder) {
    assertThat(Sdl.plan(Fixtures.text(folder, "input.yaml"), GO))
        .isInstanceOfSatisfying(
            SdlResult.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .isNotEmpty()
                    .allSatisfy(
                        problem -> {
                          assertThat(problem.message()).isNotBlank();
                          assertThat(problem.line()).isPositive();
                          assertThat(problem.column()).isPositive();
                        }));
  }
}
