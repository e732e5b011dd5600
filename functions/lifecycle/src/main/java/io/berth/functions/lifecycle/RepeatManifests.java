package io.berth.functions.lifecycle;

/** Sends the manifest once more, some blocks later. */
public final class RepeatManifests extends StepTask {
  /** Wired from the function's environment. */
  public RepeatManifests() {
    super(Wiring.repetition());
  }
}
