package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a flow stands: enough to go on from there.
 *
 * @param state the state it is in, or enters next
 * @param input that state's
 * @param variables the flow's own
 * @param entered when it entered the state; empty if it has not yet
 * @param lanes the flows inside the state, in order; none if it has none or starts them afresh
 */
record Position(
    String state,
    JsonNode input,
    Map<String, JsonNode> variables,
    Optional<Instant> entered,
    List<Lane> lanes) {

  /** Whether a flow has all the states that this speaks of. */
  boolean fits(Flow flow) {
    State known = flow.state(state);
    if (known == null) {
      return false;
    }
    List<Flow> inner = known.inner();
    for (int i = 0; i < lanes.size(); i++) {
      Optional<Position> at = lanes.get(i).at();
      // All lanes of a Map run its only flow.
      Optional<Flow> lane =
          inner.isEmpty()
              ? Optional.empty()
              : Optional.of(inner.get(Math.min(i, inner.size() - 1)));
      if (at.isPresent() && !lane.map(at.get()::fits).orElse(false)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where one of several flows inside a state stands; it has not begun if both are empty.
   *
   * @param output its output once it succeeded
   * @param at where it stands before that
   */
  record Lane(Optional<JsonNode> output, Optional<Position> at) {}
}
