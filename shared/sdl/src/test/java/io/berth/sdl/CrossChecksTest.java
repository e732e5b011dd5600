package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules that tie an SDL's parts together, and that no official case covers. */
class CrossChecksTest {
  private static final String SDL =
      """
      version: "2.0"
      services:
        web:
          image: nginx
          expose:
            - port: 80
              to:
                - global: true
        db:
          image: postgres
      profiles:
        compute:
          small:
            resources:
              cpu:
                units: 1
              memory:
                size: 1Gi
              storage:
                size: 1Gi
          large:
            resources:
              cpu:
                units: 1
              memory:
                size: 1Gi
              storage:
                size: 1Gi
        placement:
          dcloud:
            pricing:
              small:
                denom: uact
                amount: 10
              large:
                denom: uact
                amount: 20
      deployment:
        web:
          dcloud:
            profile: small
            count: 1
        db:
          dcloud:
            profile: large
            count: 1
      """;

  private static List<String> rules(String sdl, SdlOptions options) {
    return switch (Sdl.plan(sdl, options)) {
      case SdlResult.Valid valid -> List.of();
      case SdlResult.Invalid invalid -> invalid.problems().stream().map(Problem::rule).toList();
    };
  }

  private static final SdlOptions AS_WRITTEN = SdlOptions.asWritten(Layout.GO);

  @Test
  void acceptsTheDocumentTheseTestsBreak() {
    assertThat(rules(SDL, AS_WRITTEN)).isEmpty();
  }

  @Test
  void refusesPricesInTwoDenominationsUnlessTheyAreRewritten() {
    String mixed =
        SDL.replace("denom: uact\n          amount: 20", "denom: uakt\n          amount: 20");
    assertThat(mixed).isNotEqualTo(SDL);

    assertThat(rules(mixed, AS_WRITTEN)).containsExactly("one-denom");
    assertThat(rules(mixed, new SdlOptions(Layout.GO, Optional.of("uact"), List.of()))).isEmpty();
  }

  @Test
  void limitsWhatAGroupAsksForInAll() {
    assertThat(rules(SDL.replaceFirst("count: 1", "count: 19199"), AS_WRITTEN)).isEmpty();
    assertThat(rules(SDL.replaceFirst("count: 1", "count: 19200"), AS_WRITTEN))
        .containsExactly("group-total");
  }

  @Test
  void refusesADeploymentThatNobodyCanReach() {
    assertThat(rules(SDL.replace("global: true", "service: db"), AS_WRITTEN))
        .containsExactly("no-global");
  }

  @Test
  void refusesAHostThatTheManifestWouldNameTwice() {
    String once = SDL.replace("    - port: 80\n", "    - port: 80\n        accept: [a.example]\n");
    assertThat(rules(once, AS_WRITTEN)).isEmpty();

    String twoTargets =
        once.replace("- global: true\n", "- global: true\n          - service: db\n");
    assertThat(rules(twoTargets, AS_WRITTEN)).containsExactly("hostname-twice");
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertThat(rules(SDL.replace("image: nginx", "image: \"\\ud800\""), AS_WRITTEN))
        .containsExactly("yaml");
  }

  @Test
  void followsAliases() {
    String anchored = SDL.replace("image: nginx", "image: nginx\n    args: &a [x]");
    String aliases =
        anchored.replace(
            "image: postgres",
            "image: postgres\n    env: [" + "A=1, ".repeat(3) + "A=1]\n    command: *a");
    assertThat(rules(aliases, AS_WRITTEN)).isEmpty();
  }
}
