package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Lab lab = new Lab();

  @Test
  void aVariableIsSeenByAllLaterStates() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Keep
            States:
              Keep: {Type: Pass, Assign: {dseq: "{% $states.input.dseq %}"}, Output: null, Next: Between}
              Between: {Type: Pass, Next: Use}
              Use: {Type: Pass, Output: "{% $dseq %}", End: true}
            """,
            "{\"dseq\": \"7\"}");

    assertThat(ended.output()).isEqualTo("\"7\"");
  }

  @Test
  void allAreAssignedFromTheValuesBeforeAnyIsAndOutputSeesThoseToo() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Set
            States:
              Set: {Type: Pass, Assign: {x: 3, a: 6}, Next: Swap}
              Swap:
                Type: Pass
                Assign: {x: "{% $a %}", nextX: "{% $x %}"}
                Output: {x: "{% $x %}"}
                Next: Tell
              Tell:
                Type: Pass
                Output: "{% [$states.input.x, $x, $nextX] %}"
                End: true
            """,
            "{}");

    assertThat(ended.output()).isEqualTo("[3,6,3]");
  }

  @Test
  void whatIsAssignedIsToldInTheHistory() {
    String arn =
        lab.start(
            """
            QueryLanguage: JSONata
            StartAt: Set
            States:
              Set: {Type: Pass, Assign: {x: {deep: [1]}}, End: true}
            """,
            "{}");

    assertThat(
            lab.details(arn, "PassStateExited", "stateExitedEventDetails")
                .get("assignedVariables")
                .get("x")
                .asString())
        .isEqualTo("{\"deep\":[1]}");
  }

  @Test
  void innerFlowsSeeOuterVariablesButNotThoseOfEachOtherNorDoesTheOuterSeeTheirs() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Set
            States:
              Set: {Type: Pass, Assign: {outer: 1}, Next: Both}
              Both:
                Type: Parallel
                Branches:
                - StartAt: Left
                  States:
                    Left: {Type: Pass, Assign: {inner: "{% $outer + 1 %}"}, Next: Left again}
                    Left again: {Type: Pass, Output: "{% $inner %}", End: true}
                - StartAt: Right
                  States:
                    Right: {Type: Wait, Seconds: 1, Next: Right again}
                    Right again: {Type: Pass, Output: "{% $exists($inner) %}", End: true}
                Next: Outside
              Outside:
                Type: Pass
                Output: {branches: "{% $states.input %}", outside: "{% $exists($inner) %}"}
                End: true
            """,
            "{}");

    assertThat(ended.output()).isEqualTo("{\"branches\":[2,false],\"outside\":false}");
  }

  @Test
  void twoIterationsHaveEachTheirOwn() {
    var ended =
        lab.run(
            """
            QueryLanguage: JSONata
            StartAt: Each
            States:
              Each:
                Type: Map
                Items: [1, 2]
                ItemProcessor:
                  StartAt: Mine
                  States:
                    Mine: {Type: Pass, Assign: {mine: "{% $states.input %}"}, Next: Hold}
                    Hold: {Type: Wait, Seconds: 1, Next: Tell}
                    Tell: {Type: Pass, Output: "{% $mine %}", End: true}
                End: true
            """,
            "{}");

    assertThat(ended.output()).isEqualTo("[1,2]");
  }
}
