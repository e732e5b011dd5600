package io.berth.local.stepfunctions.asl;

/** Hands its input on, or what its output says. */
public record Pass(String name, String comment, Exit exit) implements State {}
