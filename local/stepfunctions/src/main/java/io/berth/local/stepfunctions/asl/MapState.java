package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.Optional;

/**
 * Runs a flow for each item of an array; its result has their outputs in order.
 *
 * @param items the array; its input if empty
 * @param itemSelector the input of each iteration; the item if empty
 * @param maxConcurrency how many may run at once; 0 is as many as may be
 */
public record MapState(
    String name,
    String comment,
    Optional<Query> items,
    Optional<Query> itemSelector,
    Optional<Query> maxConcurrency,
    Flow processor,
    Recovery recovery,
    Exit exit)
    implements State {}
