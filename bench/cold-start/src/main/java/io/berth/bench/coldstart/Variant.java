package io.berth.bench.coldstart;

import java.util.List;

/** A way of packaging and starting a function. */
enum Variant {
  /** Everything in one package, a JVM as it comes. */
  NAIVE,

  /** What the function uses, and the options of Lambda's own command line. */
  LAMBDA,

  /** Besides, a cache of classes loaded and linked in a run before, made on this JVM. */
  AOT_CACHE,

  /** From where SnapStart takes its snapshot, hooks and all; loading the snapshot is not in it. */
  PRIMED;

  List<String> jvmOptions() {
    return switch (this) {
      case NAIVE -> List.of();
      case LAMBDA, AOT_CACHE -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
      // Java 25 has all its compilers under SnapStart.
      case PRIMED -> List.of("-XX:+UseSerialGC");
    };
  }

  boolean snapStart() {
    return this == PRIMED;
  }
}
