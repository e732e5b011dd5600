package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.group.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's layout where no official case looks; derived from the Go SDK's source. */
class GoEdgesTest {
  private static final SdlOptions GO = SdlOptions.asWritten(Layout.GO);

  private static final String SDL =
      """
      version: "2.0"
      services:
        web:
          image: nginx
          expose: [{port: 80, to: [{global: true}]}]
      profiles:
        compute:
          web: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
        placement:
          dc: {pricing: {web: {denom: uact, amount: 1}}}
          other: {pricing: {web: {denom: uact, amount: 1}}}
      deployment:
        web: {dc: {profile: web, count: 1}}
      """;

  private static String with(String what, String instead) {
    String changed = SDL.replace(what, instead);
    assertThat(changed).isNotEqualTo(SDL);
    return changed;
  }

  private static List<String> rules(String sdl) {
    return switch (Sdl.plan(sdl, GO)) {
      case SdlResult.Valid valid -> List.of();
      case SdlResult.Invalid invalid -> invalid.problems().stream().map(Problem::rule).toList();
    };
  }

  private static DeploymentPlan plan(String sdl, Layout layout) {
    return ((SdlResult.Valid) Sdl.plan(sdl, SdlOptions.asWritten(layout))).plan();
  }

  // ------------------------------------------------------------------ leased addresses

  private static String withAddress(String first, String second) {
    return with(
            "[{port: 80, to: [{global: true}]}]",
            "[{%s, to: [{global: true, ip: addr}]}, {%s, to: [{global: true, ip: addr}]}]"
                .formatted(first, second))
        .replace("services:", "endpoints: {addr: {kind: ip}}\nservices:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 80 | port: 80",
        "port: 80 | port: 8080, as: 80",
        "port: 81, as: 80 | port: 82, as: 80",
        "port: 80 | port: 80, proto: tcp",
        // Without "as" Go sees port 0 twice.
        "port: 80 | port: 81",
        "port: 80, proto: udp | port: 81, proto: udp"
      })
  void refusesTwoExposesOfOneAddressThatGoHoldsForOne(String first, String second) {
    assertThat(rules(withAddress(first, second))).containsExactly("endpoint-port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 80, as: 80 | port: 81, as: 81",
        "port: 80 | port: 81, as: 81",
        "port: 80 | port: 80, proto: udp",
        "port: 80 | port: 81, proto: tcp"
      })
  void letsOneAddressHaveSeveralPorts(String first, String second) {
    assertThat(rules(withAddress(first, second))).isEmpty();
  }

  @Test
  void refusesAServiceWithAnAddressInTwoPlacements() {
    String one = withAddress("port: 80, as: 80", "port: 81, as: 81");
    String two =
        one.replace(
            "{dc: {profile: web, count: 1}}", "{dc: &p {profile: web, count: 1}, other: *p}");

    assertThat(rules(two)).containsExactly("endpoint-port", "endpoint-port");
  }

  // ------------------------------------------------------------------ lists

  @ParameterizedTest
  @ValueSource(strings = {"command", "args", "env"})
  void keepsAnEmptyListAsGoDoesAndConsoleDoesNot(String name) {
    String empty = with("image: nginx", "image: nginx\n    " + name + ": []");
    String nothing = with("image: nginx", "image: nginx\n    " + name + ":");

    assertThat(plan(empty, Layout.GO).manifest()).contains("\"" + name + "\":[]");
    assertThat(plan(empty, Layout.CONSOLE).manifest()).contains("\"" + name + "\":null");
    assertThat(plan(nothing, Layout.GO).hash()).isEqualTo(plan(SDL, Layout.GO).hash());
    assertThat(plan(nothing, Layout.CONSOLE).hash()).isEqualTo(plan(SDL, Layout.CONSOLE).hash());
  }

  @Test
  void keepsAnEmptyListOfHostsAsGoDoes() {
    String empty = with("{port: 80,", "{port: 80, accept: [],");

    assertThat(plan(empty, Layout.GO).manifest()).contains("\"hosts\":[]");
    assertThat(plan(empty, Layout.CONSOLE).manifest()).contains("\"hosts\":null");
  }

  // ------------------------------------------------------------------ fractions

  /**
   * Go multiplies in binary floating point and drops the rest: 1004 thousandths and 1000999999
   * bytes, less than was written. We count exactly.
   */
  @Test
  void countsFractionsExactlyWhereGoLosesAUnit() {
    assertThat((long) (1.005 * 1000)).isEqualTo(1004);
    assertThat((long) (1.001 * 1e9)).isEqualTo(1_000_999_999L);

    Resources resources =
        plan(
                with("{units: 1}, memory: {size: 1Gi}", "{units: 1.005}, memory: {size: 1.001G}"),
                Layout.GO)
            .groups()
            .getFirst()
            .resources()
            .getFirst()
            .resources();

    assertThat(resources.cpu().milliUnits()).isEqualTo(1005);
    assertThat(resources.memory().bytes()).isEqualTo(1_001_000_000);
  }

  // ------------------------------------------------------------------ gpu

  @Test
  void takesAGpuWithoutUnitsForNone() {
    String none = with("storage: {size: 1Gi}}", "storage: {size: 1Gi}, gpu: {}}");

    assertThat(plan(none, Layout.GO).hash()).isEqualTo(plan(SDL, Layout.GO).hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nvidia:", "nvidia: []"})
  void asksForAnyModelIfNoneIsListed(String vendor) {
    String any =
        with(
            "storage: {size: 1Gi}}",
            "storage: {size: 1Gi}, gpu: {units: 1, attributes: {vendor: {%s}}}}".formatted(vendor));

    if (vendor.isEmpty()) {
      assertThat(rules(any)).containsExactly("required");
    } else {
      assertThat(plan(any, Layout.GO).manifest()).contains("vendor/nvidia/model/*");
    }
  }
}
