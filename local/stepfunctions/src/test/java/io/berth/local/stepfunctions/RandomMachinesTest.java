package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every machine without loops. */
class RandomMachinesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Builds a flow whose states lead only to later ones, and are all reached. */
  private static final class Builder {
    private final Random random;
    private int named;

    Builder(long seed) {
      random = new Random(seed);
    }

    ObjectNode flow(int states, int depth) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < states; i++) {
        names.add("S" + named++);
      }
      ObjectNode flow = JSON.createObjectNode().put("StartAt", names.getFirst());
      ObjectNode byName = flow.putObject("States");
      for (int i = 0; i < states; i++) {
        byName.set(names.get(i), state(names, i, depth));
      }
      return flow;
    }

    private ObjectNode state(List<String> names, int index, int depth) {
      ObjectNode state = JSON.createObjectNode();
      boolean last = index == names.size() - 1;
      String later = last ? "" : names.get(index + 1 + random.nextInt(names.size() - index - 1));
      int kind = random.nextInt(depth > 0 ? 6 : 4);
      if (kind == 0 && !last) {
        state.put("Type", "Choice").put("Default", names.get(index + 1));
        state
            .putArray("Choices")
            .addObject()
            .put("Condition", random.nextBoolean() ? "{% true %}" : "{% false %}")
            .put("Next", later);
        return state;
      }
      switch (kind) {
        case 1 -> state.put("Type", "Wait").put("Seconds", random.nextInt(20));
        case 2, 3 -> {
          state.put("Type", "Task").put("Resource", "arn:aws:states:::lambda:invoke");
          state.put("TimeoutSeconds", 15).put("Output", "{% $states.input %}");
          state.putObject("Arguments").put("FunctionName", "f");
          recover(state, later);
        }
        case 4 -> {
          state.put("Type", "Parallel").put("Output", "{% $states.input %}");
          var branches = state.putArray("Branches");
          for (int i = 0; i <= random.nextInt(3); i++) {
            branches.add(flow(1 + random.nextInt(3), depth - 1));
          }
          recover(state, later);
        }
        case 5 -> {
          state.put("Type", "Map").put("Output", "{% $states.input %}");
          state.put("MaxConcurrency", random.nextInt(3));
          state.putArray("Items").add(1).add(2).add(3);
          state.set("ItemProcessor", flow(1 + random.nextInt(3), depth - 1));
          recover(state, later);
        }
        default -> state.put("Type", "Pass");
      }
      return last ? state.put("End", true) : state.put("Next", names.get(index + 1));
    }

    private void recover(ObjectNode state, String later) {
      if (random.nextBoolean()) {
        ObjectNode retry = state.putArray("Retry").addObject();
        retry.putArray("ErrorEquals").add("States.ALL");
        retry.put("MaxAttempts", random.nextInt(3)).put("JitterStrategy", "FULL");
      }
      if (!later.isEmpty() && random.nextBoolean()) {
        ObjectNode caught = state.putArray("Catch").addObject().put("Next", later);
        caught.putArray("ErrorEquals").add(random.nextBoolean() ? "States.ALL" : "Broken");
      }
    }
  }

  private static Lab lab(long seed) {
    Random random = new Random(seed);
    Lab lab = new Lab();
    return lab.on(
        "f",
        _ ->
            switch (random.nextInt(5)) {
              case 0 -> Lab.throwsError("Broken");
              case 1 -> Lab.never();
              case 2 -> Lab.returns("1");
              default -> lab.after(Duration.ofSeconds(random.nextInt(20)), Lab.returns("2"));
            });
  }

  private static String machine(long seed, int states) {
    ObjectNode machine = new Builder(seed).flow(states, 2);
    return machine.put("QueryLanguage", "JSONata").toString();
  }

  @Property(tries = 300)
  void everyOneEndsWithAWellFormedHistory(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int states) {
    Lab lab = lab(seed);
    String arn = lab.start(machine(seed, states), "{\"in\":1}");
    lab.time.runOut();

    assertThat(lab.ended(arn).status()).isIn("SUCCEEDED", "FAILED");
    assertThat(lab.time.pending()).isZero();
    wellFormed(lab.events(arn));
  }

  private static void wellFormed(List<JsonNode> events) {
    Set<Long> ids = new HashSet<>(Set.of(0L));
    Map<String, Integer> open = new HashMap<>();
    int lastTime = 0;
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      assertThat(event.get("id").asInt()).isEqualTo(i + 1);
      assertThat(ids).contains(event.get("previousEventId").asLong());
      ids.add(event.get("id").asLong());
      assertThat(event.get("timestamp").asInt()).isGreaterThanOrEqualTo(lastTime);
      lastTime = event.get("timestamp").asInt();
      String type = event.get("type").asString();
      boolean last = i == events.size() - 1;
      assertThat(type.startsWith("Execution")).isEqualTo(i == 0 || last);
      if (type.endsWith("StateEntered")) {
        open.merge(event.get("stateEnteredEventDetails").get("name").asString(), 1, Integer::sum);
      } else if (type.endsWith("StateExited")) {
        String name = event.get("stateExitedEventDetails").get("name").asString();
        assertThat(open.merge(name, -1, Integer::sum)).isNotNegative();
      }
    }
  }

  @Property(tries = 100)
  void theSameSeedGivesTheSameHistory(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int states) {
    Deque<List<JsonNode>> histories = new ArrayDeque<>();
    for (int i = 0; i < 2; i++) {
      Lab lab = lab(seed);
      String arn = lab.start(machine(seed, states), "{\"in\":1}");
      lab.time.runOut();
      histories.add(lab.events(arn));
    }

    assertThat(histories.getFirst()).isEqualTo(histories.getLast());
  }

  @Property(tries = 200)
  void aFailedOneRedrivenEndsWellOnceItsFunctionsDo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int states) {
    Lab lab = lab(seed);
    String arn = lab.start(machine(seed, states), "{\"in\":1}");
    lab.time.runOut();
    lab.on("f", _ -> Lab.returns("1"));
    if (lab.ended(arn).status().equals("FAILED")) {
      lab.call("RedriveExecution", "executionArn", arn);
      lab.time.runOut();
    }

    assertThat(lab.ended(arn).status()).isEqualTo("SUCCEEDED");
  }

  @Property(tries = 100)
  void aStoppedOneStandsStill(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int states,
      @ForAll @IntRange(min = 0, max = 40) int seconds) {
    Lab lab = lab(seed);
    String arn = lab.start(machine(seed, states), "{\"in\":1}");
    lab.time.advance(Duration.ofSeconds(seconds));
    lab.call("StopExecution", "executionArn", arn);
    int events = lab.events(arn).size();
    lab.time.runOut();

    assertThat(lab.events(arn)).hasSize(events);
    assertThat(lab.ended(arn).status()).isNotEqualTo("RUNNING");
  }
}
