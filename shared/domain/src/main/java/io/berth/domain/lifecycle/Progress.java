package io.berth.domain.lifecycle;

/** How a step stands after it was tried. */
public sealed interface Progress {

  /** The next step may begin. */
  record Done() implements Progress {}

  /** Not yet: try the step again after so many seconds, which may be 0. */
  record Wait(int seconds) implements Progress {}
}
