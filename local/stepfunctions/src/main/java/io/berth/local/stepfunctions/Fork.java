package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.MapState;
import io.berth.local.stepfunctions.asl.Parallel;
import io.berth.local.stepfunctions.query.Query;
import io.berth.local.stepfunctions.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Several flows inside one state: a Parallel's branches or a Map's iterations. */
final class Fork implements Activity {
  /** An inline Map runs no more iterations at once. */
  private static final int MOST_AT_ONCE = 40;

  private final Branch parent;
  private final String type;
  private final List<Strand> strands;
  private final int mostAtOnce;
  private int next;
  private int running;

  private Fork(Branch parent, String type, List<Strand> strands, int mostAtOnce) {
    this.parent = parent;
    this.type = type;
    this.strands = strands;
    this.mostAtOnce = mostAtOnce;
  }

  /** One flow of them. */
  private static final class Strand {
    private final Flow flow;
    private final JsonNode input;
    private final Optional<MapItem> item;
    private Optional<Branch> branch = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();

    Strand(Flow flow, JsonNode input, Optional<MapItem> item) {
      this.flow = flow;
      this.input = input;
      this.item = item;
    }

    Position.Lane lane() {
      return output.isPresent()
          ? new Position.Lane(output, Optional.empty())
          : new Position.Lane(Optional.empty(), branch.map(Branch::position));
    }
  }

  static Fork of(Branch parent, Parallel parallel) {
    JsonNode input =
        parallel
            .arguments()
            .map(query -> parent.evaluate(query, "Arguments"))
            .orElse(parent.input());
    List<Flow> flows = parallel.branches();
    Fork fork = new Fork(parent, "Parallel", new ArrayList<>(), flows.size());
    flows.forEach(flow -> fork.strands.add(new Strand(flow, input, Optional.empty())));
    return fork;
  }

  static Fork of(Branch parent, MapState map) {
    JsonNode items =
        map.items().map(query -> parent.evaluate(query, "Items")).orElse(parent.input());
    if (!items.isArray()) {
      throw new QueryException("The items of the Map are no array");
    }
    int wanted =
        map.maxConcurrency().map(query -> parent.integer(query, "MaxConcurrency", 0)).orElse(0);
    int mostAtOnce = wanted == 0 ? MOST_AT_ONCE : Math.min(wanted, MOST_AT_ONCE);
    Fork fork = new Fork(parent, "Map", new ArrayList<>(), mostAtOnce);
    for (JsonNode value : items) {
      MapItem item = new MapItem(fork.strands.size(), value);
      JsonNode input = map.itemSelector().map(query -> selected(parent, query, item)).orElse(value);
      fork.strands.add(new Strand(map.processor(), input, Optional.of(item)));
    }
    return fork;
  }

  private static JsonNode selected(Branch parent, Query selector, MapItem item) {
    ObjectNode states = parent.states();
    Branch.addTo((ObjectNode) states.get("context"), item);
    return parent.evaluate(selector, "ItemSelector", states);
  }

  /**
   * Begins.
   *
   * @param before where the flows stood when the execution was interrupted; none to begin afresh
   */
  void start(List<Position.Lane> before) {
    parent.event(
        type + "StateStarted",
        type.equals("Map")
            ? Optional.of(Details.of("mapStateStartedEventDetails").with("length", strands.size()))
            : Optional.empty());
    boolean resumes = before.size() == strands.size();
    for (int i = 0; resumes && i < strands.size(); i++) {
      strands.get(i).output = before.get(i).output();
      Strand strand = strands.get(i);
      before.get(i).at().ifPresent(position -> begin(strand).resume(position));
    }
    proceed();
  }

  private void proceed() {
    while (running < mostAtOnce && next < strands.size()) {
      Strand strand = strands.get(next);
      next++;
      if (strand.output.isEmpty() && strand.branch.isEmpty()) {
        begin(strand).start(strand.input);
      }
    }
    if (running == 0) {
      succeed();
    }
  }

  private Branch begin(Strand strand) {
    iteration(strand, "Started");
    Branch branch =
        new Branch(
            parent.execution(),
            strand.flow,
            new Scope(Optional.of(parent.scope())),
            strand.item,
            parent.lastEvent(),
            outcome -> ended(strand, outcome));
    strand.branch = Optional.of(branch);
    running++;
    return branch;
  }

  private void ended(Strand strand, Outcome outcome) {
    running--;
    strand.branch.ifPresent(parent::joined);
    switch (outcome) {
      case Outcome.Succeeded(JsonNode output) -> {
        strand.output = Optional.of(output);
        iteration(strand, "Succeeded");
        proceed();
      }
      case Outcome.Failed(Failure failure) -> {
        iteration(strand, "Failed");
        abortOthers(strand);
        parent.event(type + "StateFailed", Optional.empty());
        parent.failed(failure);
      }
    }
  }

  private void succeed() {
    ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
    strands.forEach(strand -> outputs.add(strand.output.orElseThrow()));
    parent.event(type + "StateSucceeded", Optional.empty());
    parent.completed(outputs);
  }

  private void abortOthers(Strand failed) {
    for (Strand strand : strands) {
      if (strand != failed && strand.output.isEmpty() && strand.branch.isPresent()) {
        strand.branch.get().abort();
        parent.joined(strand.branch.get());
        iteration(strand, "Aborted");
      }
    }
  }

  /** Tells of a Map's iteration; of a Parallel's branches the history has no events. */
  private void iteration(Strand strand, String what) {
    strand.item.ifPresent(
        item ->
            parent.event(
                "MapIteration" + what,
                Details.of("mapIteration" + what + "EventDetails")
                    .with("name", parent.stateName())
                    .with("index", item.index())));
  }

  @Override
  public void abort() {
    for (Strand strand : strands) {
      if (strand.output.isEmpty() && strand.branch.isPresent()) {
        strand.branch.get().abort();
        iteration(strand, "Aborted");
      }
    }
  }

  @Override
  public List<Position.Lane> lanes() {
    return strands.stream().map(Strand::lane).toList();
  }
}
