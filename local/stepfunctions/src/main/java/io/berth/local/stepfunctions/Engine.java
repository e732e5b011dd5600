package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.query.Evaluator;
import java.util.random.RandomGenerator;

/** What executions run with. */
record Engine(
    Loop loop,
    Evaluator evaluator,
    RandomGenerator random,
    Functions functions,
    TaskTokens tokens,
    String region) {}
