package io.berth.local.stepfunctions;

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

  /**
   * Where one of several flows inside a state stands; it has not begun if both are empty.
   *
   * @param output its output once it succeeded
   * @param at where it stands before that
   */
  record Lane(Optional<JsonNode> output, Optional<Position> at) {
    static final Lane NOT_BEGUN = new Lane(Optional.empty(), Optional.empty());
  }
}
