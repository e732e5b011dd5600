package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.List;
import java.util.Optional;

/**
 * Runs flows side by side on one input; its result has their outputs in order.
 *
 * @param arguments the input of each; its own if empty
 */
public record Parallel(
    String name,
    String comment,
    Optional<Query> arguments,
    List<Flow> branches,
    Recovery recovery,
    Exit exit)
    implements State {}
