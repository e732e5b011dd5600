package io.berth.local.stepfunctions.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What must hold between states: names are unique, targets exist, every state can be reached, and
 * no variable of an inner flow has the name of an outer one's.
 */
final class DefinitionChecks {
  private final Set<String> names = new HashSet<>();

  private DefinitionChecks() {}

  static void check(Flow machine) {
    new DefinitionChecks().check(machine, "state machine", Set.of());
  }

  private void check(Flow flow, String place, Set<String> outer) {
    if (flow.state(flow.startAt()) == null) {
      throw new DefinitionException(place, "StartAt names no state: " + flow.startAt());
    }
    for (State state : flow.states().values()) {
      checkState(state, flow, outer);
    }
    Set<String> unreached = new HashSet<>(flow.states().keySet());
    unreached.removeAll(reached(flow));
    unreached.stream()
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw fault(name, "no state leads to it");
            });
    Set<String> visible = new HashSet<>(outer);
    flow.states().values().forEach(state -> visible.addAll(assigned(state)));
    for (State state : flow.states().values()) {
      state.inner().forEach(inner -> check(inner, StateReader.place(state.name()), visible));
    }
  }

  private void checkState(State state, Flow flow, Set<String> outer) {
    if (!names.add(state.name())) {
      throw fault(state.name(), "the name is used twice in the machine");
    }
    for (String next : state.successors()) {
      if (flow.state(next) == null) {
        throw fault(state.name(), "leads to '" + next + "', which is no state beside it");
      }
    }
    for (String variable : assigned(state)) {
      if (outer.contains(variable)) {
        throw fault(state.name(), "assigns " + variable + ", a variable of the flow around it");
      }
    }
  }

  private static Set<String> assigned(State state) {
    Set<String> variables = new HashSet<>();
    state.exits().forEach(exit -> variables.addAll(exit.assign().keySet()));
    return variables;
  }

  private static Set<String> reached(Flow flow) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(flow.startAt());
    while (!open.isEmpty()) {
      String name = open.remove();
      if (reached.add(name)) {
        open.addAll(flow.state(name).successors());
      }
    }
    return reached;
  }

  private static DefinitionException fault(String state, String problem) {
    return new DefinitionException(StateReader.place(state), problem);
  }
}
