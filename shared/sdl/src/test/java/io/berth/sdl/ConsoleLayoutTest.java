package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The TypeScript SDK's cases: fixtures/sdl-ts. */
class ConsoleLayoutTest {
  private static final SdlOptions CONSOLE = SdlOptions.asWritten(Layout.CONSOLE);

  /**
   * What the SDK accepts by mistake (docs/decisions/0011-two-sdl-layouts.md), and what only its
   * older npm build accepts (50, 51).
   */
  private static final Set<String> REFUSED =
      Set.of(
          "43-quirk-float-cpu",
          "44-quirk-unknown-suffix",
          "45-quirk-extra-deployment",
          "50-class-without-persistent",
          "51-usdc-ibc-denom");

  static Stream<Path> valid() {
    return Fixtures.cases("sdl-ts/valid")
        .filter(folder -> !REFUSED.contains(folder.getFileName().toString()));
  }

  static Stream<Path> faults() {
    return Fixtures.cases("sdl-ts/valid")
        .filter(folder -> REFUSED.contains(folder.getFileName().toString()));
  }

  static Stream<Path> invalid() {
    return Fixtures.cases("sdl-ts/invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void laysOutGroupsManifestAndHashAsTheSdkDoes(Path folder) {
    SdlResult result = Sdl.plan(Fixtures.text(folder, "input.yaml"), CONSOLE);

    assertThat(result)
        .isInstanceOfSatisfying(
            SdlResult.Valid.class,
            valid -> {
              assertThat(valid.plan().manifest()).isEqualTo(Fixtures.text(folder, "manifest.json"));
              assertThat(Fixtures.consoleGroups(valid.plan().groups()))
                  .isEqualTo(Fixtures.withPlainAmounts(Fixtures.json(folder, "groups.json")));
            });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refusesTheSdksFaults(Path folder) {
    assertThat(Sdl.plan(Fixtures.text(folder, "input.yaml"), CONSOLE))
        .isInstanceOf(SdlResult.Invalid.class);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesWhatTheSdkRefuses(Path folder) {
    assertThat(Sdl.plan(Fixtures.text(folder, "input.yaml"), CONSOLE))
        .isInstanceOf(SdlResult.Invalid.class);
  }
}
