package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.berth.domain.lifecycle.DeploymentRefusedException;
import io.berth.domain.lifecycle.LeaseLostException;
import io.berth.domain.lifecycle.NoAcceptableBidException;
import io.berth.domain.lifecycle.NobodyChoseException;
import io.berth.domain.lifecycle.OperationCancelledException;
import io.berth.domain.lifecycle.StepTimedOutException;
import io.berth.local.gateway.LambdaFunction;
import io.berth.local.gateway.StateMachine;
import io.berth.local.stepfunctions.asl.Definition;
import io.berth.local.stepfunctions.asl.DefinitionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state machine's definition against the language's schema, our runner's loader, and {@link
 * LifecycleRules}; and that each of these would see what it is there for.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifecycleDefinitionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final StateMachine MACHINE = ContractTest.template().stateMachines().getFirst();
  private static final Set<String> FUNCTIONS = MACHINE.substitutions().keySet();
  private static final String SOURCE = source();

  private static String source() {
    try {
      return Files.readString(RunningBerth.root().resolve(MACHINE.definitionUri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsEveryRule() {
    assertThat(faults(definition())).isEmpty();
  }

  @Test
  void callsTheTaskOfEachName() {
    Map<String, String> handlers =
        ContractTest.template().functions().stream()
            .collect(Collectors.toMap(LambdaFunction::logicalId, LambdaFunction::handler));

    assertThat(FUNCTIONS)
        .isNotEmpty()
        .allSatisfy(
            name -> {
              assertThat(handlers.get(name + "Function"))
                  .isEqualTo("io.berth.functions.lifecycle." + name);
              assertThat(MACHINE.substitutions().get(name)).contains(name);
            });
  }

  @Test
  void theCodeTellsWhatEachTaskCanEndWith() {
    assertThat(LifecycleErrors.of("PutOnChain"))
        .containsExactlyInAnyOrder(
            DeploymentRefusedException.class.getName(),
            OperationCancelledException.class.getName(),
            StepTimedOutException.class.getName());
    assertThat(LifecycleErrors.of("RepeatManifests")).isEmpty();
    assertThat(FUNCTIONS.stream().flatMap(task -> LifecycleErrors.of(task).stream()))
        .containsAll(LifecycleErrors.all());
  }

  @ParameterizedTest
  @MethodSource
  void seesWhatBreaksARule(Consumer<ObjectNode> change, String fault) {
    ObjectNode machine = definition();
    change.accept(machine);

    assertThat(faults(machine)).contains(fault);
  }

  static Stream<Arguments> seesWhatBreaksARule() {
    return Stream.of(
        broken(
            "a machine without a deadline",
            m -> m.remove("TimeoutSeconds"),
            "machine: has no TimeoutSeconds"),
        state("Create leases", s -> s.remove("TimeoutSeconds"), "has no TimeoutSeconds"),
        state("Wait for bids", s -> s.remove("Comment"), "has no Comment"),
        state("Wait for bids", s -> s.put("Comment", " "), "has no Comment"),
        state(
            "Repeat manifests",
            s -> s.put("End", true),
            "ends the machine: only Succeed and Fail may"),
        state("Choose bids", s -> s.putObject("Assign").put("sdl", "x"), "has variables"),
        state(
            "Choose bids",
            s -> s.put("Output", "{% $states.result %}"),
            "hands on something other than control values"),
        state("Choose bids", s -> s.remove("Output"), "hands on all that Lambda tells"),
        state(
            "Choose bids", s -> catcher(s, 0).remove("Output"), "hands on what went wrong as data"),
        state("Who chooses?", s -> s.remove("Default"), "has no Default"),
        state("Running", s -> s.put("Type", "Pass"), "is of a type that is not used here"),
        state("Choose bids", s -> s.remove("Retry"), "has no Retry"),
        state(
            "Choose bids",
            s -> retrier(s, 1).remove("JitterStrategy"),
            "has a retrier without full jitter"),
        state(
            "Choose bids",
            s -> retrier(s, 1).put("JitterStrategy", "NONE"),
            "has a retrier without full jitter"),
        state(
            "Choose bids",
            s -> retrier(s, 2).remove("MaxAttempts"),
            "has a retrier without MaxAttempts"),
        state(
            "Choose bids",
            s -> ((ArrayNode) s.get("Retry")).add(retrier(s, 0)),
            "retries before it looks whether it is decided"),
        state(
            "Choose bids",
            s -> errors(retrier(s, 2)).add(name(NoAcceptableBidException.class)),
            "retries " + name(NoAcceptableBidException.class) + ", which is decided"),
        state(
            "Choose bids",
            s -> errors(retrier(s, 0)).remove(0),
            "can end with " + name(NoAcceptableBidException.class) + ", and retries it"),
        state(
            "Choose bids",
            s -> errors(retrier(s, 0)).add(name(LeaseLostException.class)),
            "decides on " + name(LeaseLostException.class) + ", which it never ends with"),
        state(
            "Create leases",
            s -> errors(catcher(s, 0)).add(name(LeaseLostException.class)),
            "catches " + name(LeaseLostException.class) + ", which it never ends with"),
        state("Create leases", s -> s.remove("Catch"), "does not catch States.ALL last"),
        state(
            "Create leases",
            s -> ((ArrayNode) s.get("Catch")).remove(1),
            "does not catch States.ALL last"),
        state(
            "Create leases",
            s -> s.put("Resource", "arn:aws:states:::sqs:sendMessage"),
            "is no lambda:invoke"),
        state(
            "Create leases",
            s -> arguments(s).put("Qualifier", "1"),
            "has arguments other than FunctionName and Payload"),
        state(
            "Create leases",
            s -> payload(s).put("sdl", "{% $states.input.sdl %}"),
            "passes on something other than [operationId]"),
        state(
            "Create leases",
            s -> payload(s).put("operationId", "{% $states.input.sdl %}"),
            "passes on something other than [operationId]"),
        state(
            "Await owner's choice",
            s -> payload(s).remove("taskToken"),
            "passes on something other than [operationId, taskToken]"),
        broken(
            "an unknown function",
            m -> arguments(stateOf(m, "Choose bids")).put("FunctionName", "Choose"),
            "template: gives no function for Choose"),
        broken(
            "a function nobody calls",
            m -> arguments(stateOf(m, "Choose bids")).put("FunctionName", "TakeBids"),
            "template: gives ChooseBids, which no state calls"),
        broken(
            "a misspelt error",
            m -> errors(catcher(stateOf(m, "Create leases"), 0)).add("States.Timout"),
            "machine: knows no error States.Timout"),
        broken(
            "an error that nobody handles",
            m ->
                errors(retrier(stateOf(m, "Create leases"), 0))
                    .removeIf(error -> error.asString().equals(name(NobodyChoseException.class))),
            "machine: does not handle " + name(NobodyChoseException.class)),
        state(
            "Close deployment",
            s -> {
              s.put("Next", "Close deployment");
              catcher(s, 0).put("Next", "Close deployment");
            },
            "leads to no end"));
  }

  @Test
  void theLoaderSeesWhatBreaksTheLanguage() {
    assertThatThrownBy(() -> load(SOURCE.replace("Next: Choose bids", "Next: Choose bid")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("Choose bid");
    assertThatThrownBy(() -> load(SOURCE.replace("Next: Raise attention", "Next: Nothing is left")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("no state leads to it");
    assertThatThrownBy(() -> load(SOURCE.replace("${TakeBids}", "${TakeBid}")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("nothing is given for ${TakeBid}");
  }

  /** The schema is asl-validator's, which npm has. */
  @Test
  void fitsTheLanguagesSchema(@TempDir Path folder) throws Exception {
    NodeTool schema = NodeTool.installed("asl-lint", Map.of());
    ObjectNode misspelt = definition();
    stateOf(misspelt, "Running").put("Type", "Suceed");

    NodeTool.Run ours = validate(schema, definition(), folder.resolve("ours.json"));
    NodeTool.Run wrong = validate(schema, misspelt, folder.resolve("wrong.json"));

    assertThat(ours.exitCode()).as(ours.output()).isZero();
    assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(1);
    assertThat(wrong.output()).contains("/States/Running/Type");
  }

  private static NodeTool.Run validate(NodeTool schema, JsonNode machine, Path file)
      throws IOException, InterruptedException {
    Files.writeString(file, machine.toString());
    return schema.run("asl-validator/dist/bin/asl-validator.js", "--json-path", file.toString());
  }

  private static List<String> faults(JsonNode machine) {
    return new LifecycleRules(machine, FUNCTIONS, LifecycleErrors.all(), LifecycleErrors::of)
        .faults();
  }

  private static ObjectNode definition() {
    return (ObjectNode) JSON.readTree(load(SOURCE).text());
  }

  /** Each function's name stands for it. */
  private static Definition load(String source) {
    return Definition.read(
        source, FUNCTIONS.stream().collect(Collectors.toMap(Function.identity(), name -> name)));
  }

  private static Arguments broken(String what, Consumer<ObjectNode> change, String fault) {
    return argumentSet(what, change, fault);
  }

  private static Arguments state(String name, Consumer<ObjectNode> change, String fault) {
    return argumentSet(
        name + " " + fault,
        (Consumer<ObjectNode>) machine -> change.accept(stateOf(machine, name)),
        name + ": " + fault);
  }

  private static ObjectNode stateOf(ObjectNode machine, String name) {
    return (ObjectNode) machine.get("States").get(name);
  }

  private static ObjectNode arguments(ObjectNode state) {
    return (ObjectNode) state.get("Arguments");
  }

  private static ObjectNode payload(ObjectNode state) {
    return (ObjectNode) arguments(state).get("Payload");
  }

  private static ObjectNode retrier(ObjectNode state, int index) {
    return (ObjectNode) state.get("Retry").get(index);
  }

  private static ObjectNode catcher(ObjectNode state, int index) {
    return (ObjectNode) state.get("Catch").get(index);
  }

  private static ArrayNode errors(ObjectNode holder) {
    return (ArrayNode) holder.get("ErrorEquals");
  }

  private static String name(Class<?> error) {
    return error.getName();
  }
}
