package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.Map;
import java.util.Optional;

/**
 * A way out of a state.
 *
 * @param output what it hands on, if not what it does by default
 * @param assign variables to set, all from values before any is set
 * @param next the state after it; empty at the flow's end
 */
public record Exit(Optional<Query> output, Map<String, Query> assign, Optional<String> next) {}
