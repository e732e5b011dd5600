package io.berth.sdl;

import java.util.List;

/** The outcome of reading an SDL: a plan, or every problem of the document. */
public sealed interface SdlResult {

  /** The SDL is valid. */
  record Valid(DeploymentPlan plan) implements SdlResult {}

  /** The SDL is refused. There is at least one problem; they are in document order. */
  record Invalid(List<Problem> problems) implements SdlResult {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
