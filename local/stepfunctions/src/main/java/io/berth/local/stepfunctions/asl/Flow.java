package io.berth.local.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States that run one after another: a machine's own, a branch's of a Parallel, or a Map's.
 *
 * @param startAt the first state's name
 * @param states by name, in the definition's order
 */
public record Flow(String startAt, Map<String, State> states) {
  public Flow {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /** A state of it. */
  public State state(String name) {
    return states.get(name);
  }
}
