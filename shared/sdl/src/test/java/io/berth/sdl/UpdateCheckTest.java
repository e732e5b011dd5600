package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateCheckTest {
  private static final SdlOptions GO = SdlOptions.asWritten(Layout.GO);
  private static final String SDL =
      Fixtures.cases("sdl/valid")
          .filter(folder -> folder.endsWith("parity-v2.0-multiple-services"))
          .map(folder -> Fixtures.text(folder, "input.yaml"))
          .findFirst()
          .orElseThrow();

  private static DeploymentPlan plan(String sdl, Layout layout) {
    return ((SdlResult.Valid) Sdl.plan(sdl, SdlOptions.asWritten(layout))).plan();
  }

  private static UpdateCheck check(String sdl, DeploymentPlan onChain) {
    return UpdateCheck.of(sdl, GO, onChain.groups(), onChain.hash());
  }

  static Stream<Path> madeByConsole() {
    return Fixtures.cases("sdl-ts/valid")
        .filter(
            folder ->
                List.of("04-shared-profile-merge", "12-many-volumes", "35-service-name-order")
                    .contains(folder.getFileName().toString()));
  }

  @Test
  void knowsTheSameDocumentAgain() {
    assertThat(check(SDL, plan(SDL, Layout.GO))).isInstanceOf(UpdateCheck.Same.class);
  }

  @Test
  void letsImagesAndVariablesChange() {
    String renewed = SDL.replaceFirst("image: \\S+", "image: other/image:2");
    assertThat(renewed).isNotEqualTo(SDL);

    assertThat(check(renewed, plan(SDL, Layout.GO)))
        .isInstanceOfSatisfying(
            UpdateCheck.ManifestOnly.class,
            update -> assertThat(update.plan()).isEqualTo(plan(renewed, Layout.GO)));
  }

  @Test
  void letsPricesChangeSinceNobodyBidsAgain() {
    String dearer = SDL.replaceAll("amount: \\d+", "amount: 77");
    assertThat(dearer).isNotEqualTo(SDL);

    assertThat(check(dearer, plan(SDL, Layout.GO))).isInstanceOf(UpdateCheck.Same.class);
  }

  @Test
  void tellsWhichResourceDiffers() {
    String larger = SDL.replaceFirst("count: \\d+", "count: 5");

    assertThat(check(larger, plan(SDL, Layout.GO)))
        .isInstanceOfSatisfying(
            UpdateCheck.ResourcesChanged.class,
            changed ->
                assertThat(changed.differences())
                    .singleElement()
                    .asString()
                    .contains("count is")
                    .contains("5 in the SDL"));
  }

  @Test
  void tellsWhichGroupIsMissing() {
    DeploymentPlan other = plan(SDL, Layout.GO);
    String renamed = SDL.replace(other.groups().getFirst().name(), "elsewhere");

    assertThat(check(renamed, other))
        .isInstanceOfSatisfying(
            UpdateCheck.ResourcesChanged.class,
            changed ->
                assertThat(changed.differences())
                    .anyMatch(text -> text.endsWith("is missing"))
                    .contains("group elsewhere is new"));
  }

  @Test
  void reportsAnInvalidDocument() {
    assertThat(check("version: 3", plan(SDL, Layout.GO))).isInstanceOf(UpdateCheck.Invalid.class);
  }

  @ParameterizedTest
  @MethodSource("madeByConsole")
  void takesConsolesLayoutForADeploymentThatConsoleMade(Path folder) {
    String sdl = Fixtures.text(folder, "input.yaml");
    DeploymentPlan console = plan(sdl, Layout.CONSOLE);
    assertThat(plan(sdl, Layout.GO).hash()).isNotEqualTo(console.hash());

    assertThat(check(sdl, console)).isEqualTo(new UpdateCheck.Same(console));
  }

  /** One web service: both layouts have the same groups, and differ in the empty list only. */
  private static final String EMPTY_LIST =
      """
      version: "2.0"
      services:
        web:
          image: nginx
          command: []
          expose: [{port: 80, to: [{global: true}]}]
      profiles:
        compute:
          web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
        placement:
          dc: {pricing: {web: {denom: uact, amount: 1}}}
      deployment:
        web: {dc: {profile: web, count: 1}}
      """;

  @Test
  void prefersTheLayoutWhoseHashIsOnTheChainIfTheGroupsFitBoth() {
    DeploymentPlan go = plan(EMPTY_LIST, Layout.GO);
    DeploymentPlan console = plan(EMPTY_LIST, Layout.CONSOLE);
    assertThat(go.groups()).isEqualTo(console.groups());
    assertThat(go.hash()).isNotEqualTo(console.hash());

    assertThat(check(EMPTY_LIST, go)).isEqualTo(new UpdateCheck.Same(go));
    assertThat(check(EMPTY_LIST, console)).isEqualTo(new UpdateCheck.Same(console));
    String renewed = EMPTY_LIST.replace("nginx", "nginx:2");
    assertThat(check(renewed, console))
        .isEqualTo(new UpdateCheck.ManifestOnly(plan(renewed, Layout.GO)));
  }

  @Test
  void checksAnSdlThatOnlyConsoleTakesInConsolesLayout() {
    String free = EMPTY_LIST.replace("amount: 1", "amount: 0");
    assertThat(Sdl.plan(free, GO)).isInstanceOf(SdlResult.Invalid.class);
    DeploymentPlan console = plan(free, Layout.CONSOLE);

    assertThat(check(free, console)).isEqualTo(new UpdateCheck.Same(console));
    assertThat(check(free.replace("count: 1", "count: 2"), console))
        .isInstanceOf(UpdateCheck.ResourcesChanged.class);
  }
}
