package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.query.Evaluator;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What executions run with.
 *
 * @param changed hears of each execution whose history grew
 */
record Engine(
    Loop loop,
    Evaluator evaluator,
    RandomGenerator random,
    Functions functions,
    TaskTokens tokens,
    Consumer<Execution> changed,
    String region) {}
