package io.berth.local.stepfunctions.asl;

/** A definition that cannot be run here; the message begins with the state or field at fault. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DefinitionException(String place, String problem) {
    super(place + ": " + problem);
  }
}
