package io.berth.local.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the scenarios which are compared are those that they are meant to be. */
@Tag("only-stand-ins")
class LifecycleScenarioTest {

  @ParameterizedTest
  @MethodSource("io.berth.local.emulators.LifecycleScenario#all")
  void everyScenarioEndsAsItSays(LifecycleScenario scenario) {
    assertThat(OwnLifecycle.run(scenario).end()).isEqualTo(scenario.end());
  }

  @Test
  void scenariosNameStatesThatCallFunctions() {
    assertThat(Lifecycle.tasks())
        .extracting(Lifecycle.Task::state)
        .containsAll(
            LifecycleScenario.all().stream()
                .flatMap(scenario -> scenario.answers().keySet().stream())
                .toList());
  }

  @Test
  void scenariosThatAreDecidedVisitEveryState() {
    assertThat(visited(LifecycleScenario.decided())).containsAll(Lifecycle.states());
  }

  private static Set<String> visited(List<LifecycleScenario> scenarios) {
    return scenarios.stream()
        .flatMap(scenario -> OwnLifecycle.run(scenario).history().stream())
        .flatMap(event -> event.state().stream())
        .collect(Collectors.toSet());
  }
}
