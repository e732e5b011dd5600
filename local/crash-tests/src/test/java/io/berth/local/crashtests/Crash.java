package io.berth.local.crashtests;

/** The process stops here. An Error, so that nothing on the way handles it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String point) {
    super(point, null, false, false);
  }
}
