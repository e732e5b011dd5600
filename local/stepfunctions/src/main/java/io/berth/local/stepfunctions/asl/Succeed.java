package io.berth.local.stepfunctions.asl;

/** Ends its flow well. */
public record Succeed(String name, String comment, Exit exit) implements State {}
