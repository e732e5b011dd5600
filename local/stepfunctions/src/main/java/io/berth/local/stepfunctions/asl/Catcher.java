package io.berth.local.stepfunctions.asl;

/**
 * Where errors lead.
 *
 * @param errors which
 * @param exit there; its output is by default {@code $states.errorOutput}
 */
public record Catcher(ErrorNames errors, Exit exit) {}
