package io.berth.local.stepfunctions.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
  private static Definition read(String text) {
    return Definition.read(text, Map.of());
  }

  private static final String YAML =
      """
      Comment: What it is for
      QueryLanguage: JSONata
      TimeoutSeconds: 60
      StartAt: A
      States:
        A: {Type: Pass, Output: "{% 1 %}", Next: B}
        B: {Type: Succeed} # The end.
      """;

  private static final String JSON =
      """
      {"Comment": "What it is for", "QueryLanguage": "JSONata", "TimeoutSeconds": 60,
       "StartAt": "A",
       "States": {"A": {"Type": "Pass", "Output": "{% 1 %}", "Next": "B"}, "B": {"Type": "Succeed"}}}
      """;

  @Test
  void aDefinitionInYamlIsTheSameAsInJson() {
    assertThat(read(YAML).text()).isEqualTo(read(JSON).text());
    assertThat(read(YAML).comment()).isEqualTo("What it is for");
    assertThat(read(YAML).timeout()).contains(Duration.ofSeconds(60));
    assertThat(read(YAML).flow().states().keySet()).containsExactly("A", "B");
  }

  private static final String SUBSTITUTED =
      """
      QueryLanguage: JSONata
      StartAt: Create # ${Comment} is nothing to substitute
      States:
        Create:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke
          Arguments: {FunctionName: "${CreateFunction}"}
          TimeoutSeconds: ${Window}
          End: true
      """;

  @Test
  void whatIsSubstitutedMayBeTextOrANumber() {
    Definition definition =
        Definition.read(SUBSTITUTED, Map.of("CreateFunction", "create", "Window", "90"));

    assertThat(definition.text()).contains("\"create\"").contains("\"TimeoutSeconds\" : 90");
  }

  @Test
  void whatNothingIsGivenForIsRefusedWithItsState() {
    assertThatThrownBy(() -> Definition.read(SUBSTITUTED, Map.of("Window", "90")))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("state 'Create': nothing is given for ${CreateFunction}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What the language forbids.
        "A: {Type: Pass} | state 'A': exactly one of Next and End",
        "A: {Type: Pass, End: true, Next: A} | state 'A': exactly one of Next and End",
        "A: {Type: Pass, Next: Z} | state 'A': leads to 'Z'",
        "A: {Type: Succeed}, B: {Type: Succeed} | state 'B': no state leads to it",
        "B: {Type: Succeed} | state machine: StartAt names no state: A",
        "A: {Type: Pas, End: true} | state 'A': there is no type Pas",
        "A: {End: true} | state 'A': Type is missing",
        "A: {Type: Pass, End: true, Colour: red} | state 'A': the field Colour",
        "A: {Type: Pass, Output: \"{% 1 + %}\", End: true} | state 'A': Output: '1 +' is not JSONata",
        "A: {Type: Pass, Output: \"{% 1\", End: true} | state 'A': Output: The JSONata expression",
        "A: {Type: Pass, Assign: {states: 1}, End: true} | state 'A': Assign: a variable cannot be named states",
        "A: {Type: Pass, Assign: {a-b: 1}, End: true} | state 'A': Assign: a variable cannot be named a-b",
        "A: {Type: Wait, End: true} | state 'A': exactly one of Seconds and Timestamp",
        "A: {Type: Wait, Seconds: 1, Timestamp: x, End: true} | state 'A': exactly one of Seconds and Timestamp",
        "A: {Type: Wait, Seconds: soon, End: true} | state 'A': Seconds must be a whole number",
        "A: {Type: Choice, Default: A} | state 'A': Choices is missing",
        "A: {Type: Choice, Choices: []} | state 'A': Choices must be an array that is not empty",
        "A: {Type: Choice, Choices: [{Next: A}]} | state 'A', Choices[0]: Condition is missing",
        "A: {Type: Choice, Choices: [{Condition: \"{% true %}\"}]} | state 'A', Choices[0]: Next is missing",
        "A: {Type: Choice, Choices: [{Condition: yes please, Next: A}]} | state 'A', Choices[0]: Condition must be",
        "A: {Type: Choice, Choices: [{Condition: \"{% true %}\", Next: Z}]} | state 'A': leads to 'Z'",
        "A: {Type: Parallel, End: true} | state 'A': Branches is missing",
        "A: {Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Pass, Next: C}}}], Next: C}, C: {Type: Succeed} | state 'B': leads to 'C'",
        "A: {Type: Parallel, Branches: [{StartAt: A, States: {A: {Type: Succeed}}}], End: true} | state 'A': the name is used twice",
        "A: {Type: Pass, Assign: {v: 1}, Next: M}, M: {Type: Map, ItemProcessor: {StartAt: B, States: {B: {Type: Pass, Assign: {v: 2}, End: true}}}, End: true} | state 'B': assigns v",
        "A: {Type: Map, End: true} | state 'A': ItemProcessor is missing",
        "A: {Type: Map, Items: 1, ItemProcessor: {StartAt: B, States: {B: {Type: Succeed}}}, End: true} | state 'A': Items must be",
        // Tasks, timeouts, retries and catches.
        "A: {Type: Task, End: true} | state 'A': Resource is missing",
        "A: {Type: Task, Resource: 'arn:aws:states:::lambda:invoke', End: true} | state 'A': Arguments must have a FunctionName",
        "A: {Type: Task, Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: f, InvocationType: Event}, End: true} | state 'A': Arguments: InvocationType",
        "A: {Type: Task, Resource: F, TimeoutSeconds: soon, End: true} | state 'A': TimeoutSeconds must be a whole number",
        "A: {Type: Task, Resource: F, TimeoutSeconds: 0, End: true} | state 'A': TimeoutSeconds must be a whole number",
        "A: {Type: Task, Resource: F, TimeoutSeconds: 5, HeartbeatSeconds: 5, End: true} | state 'A': HeartbeatSeconds must be less",
        "A: {Type: Task, Resource: F, Retry: [{IntervalSeconds: 1}], End: true} | state 'A', Retry[0]: ErrorEquals",
        "A: {Type: Task, Resource: F, Retry: [{ErrorEquals: [X], BackoffRate: 0.5}], End: true} | state 'A', Retry[0]: BackoffRate",
        "A: {Type: Task, Resource: F, Retry: [{ErrorEquals: [X], MaxAttempts: -1}], End: true} | state 'A', Retry[0]: MaxAttempts",
        "A: {Type: Task, Resource: F, Retry: [{ErrorEquals: [X], JitterStrategy: SOME}], End: true} | state 'A', Retry[0]: JitterStrategy",
        "A: {Type: Task, Resource: F, Retry: [{ErrorEquals: [X], IntervalSeconds: 9, MaxDelaySeconds: 9}], End: true} | state 'A', Retry[0]: MaxDelaySeconds",
        "A: {Type: Task, Resource: F, Retry: [{ErrorEquals: [States.ALL]}, {ErrorEquals: [X]}], End: true} | state 'A': Retry: States.ALL must stand alone",
        "A: {Type: Task, Resource: F, Catch: [{ErrorEquals: [States.ALL, X], Next: A}], End: true} | state 'A': Catch: States.ALL must stand alone",
        "A: {Type: Task, Resource: F, Catch: [{ErrorEquals: [X]}], End: true} | state 'A', Catch[0]: Next is missing",
        "A: {Type: Task, Resource: F, Catch: [{ErrorEquals: [X], Next: Z}], End: true} | state 'A': leads to 'Z'",
        // What the language has, but not here.
        "A: {Type: Pass, QueryLanguage: JSONPath, End: true} | state 'A': QueryLanguage is JSONPath",
        "A: {Type: Pass, InputPath: $, End: true} | state 'A': InputPath is a field of JSONPath",
        "A: {Type: Pass, Result: 1, End: true} | state 'A': Result is a field of JSONPath",
        "A: {Type: Pass, Parameters: {}, End: true} | state 'A': Parameters is a field of JSONPath",
        "A: {Type: Choice, Choices: [{Condition: \"{% true %}\", Variable: $.a, Next: A}]} | state 'A', Choices[0]: Variable is a field of JSONPath",
        "A: {Type: Task, Resource: 'arn:aws:states:us-east-1:000000000000:activity:a', End: true} | state 'A': Resource: activities",
        "A: {Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', End: true} | state 'A': Resource: arn:aws:states:::sqs:sendMessage cannot be called here",
        "A: {Type: Task, Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', End: true} | state 'A': Resource:",
        "A: {Type: Task, Resource: F, Credentials: {RoleArn: x}, End: true} | state 'A': Credentials",
        "A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Succeed}}}, End: true} | state 'A': a Map in mode DISTRIBUTED",
        "A: {Type: Map, ItemReader: {}, ItemProcessor: {StartAt: B, States: {B: {Type: Succeed}}}, End: true} | state 'A': ItemReader is a field of a distributed Map",
        "A: {Type: Map, ToleratedFailureCount: 1, ItemProcessor: {StartAt: B, States: {B: {Type: Succeed}}}, End: true} | state 'A': ToleratedFailureCount is a field of a distributed Map",
      })
  void whatCannotRunIsRefusedWithItsState(String states, String message) {
    String function = "'arn:aws:lambda:us-east-1:000000000000:function:f'";
    String text =
        "QueryLanguage: JSONata\nStartAt: A\nStates: {"
            + states.replace("Resource: F,", "Resource: " + function + ",")
            + "}\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StartAt: A | QueryLanguage is JSONPath",
        "QueryLanguage: JSONata | StartAt is missing",
        "{QueryLanguage: JSONata, StartAt: A, States: {}} | is not JSON",
        "[1, 2] | must be an object",
        "a: [ | is not YAML",
        "{\"QueryLanguage\": \"JSONata\", \"QueryLanguage\": \"JSONata\"} | is not JSON",
        "{\"QueryLanguage\": \"JSONata\", \"Version\": \"2.0\"} | there is no version 2.0",
      })
  void whatIsNoDefinitionIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(message);
  }
}
