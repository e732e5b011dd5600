package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.Optional;

/** Ends its flow with an error. */
public record Fail(String name, String comment, Optional<Query> error, Optional<Query> cause)
    implements State {}
