package io.berth.local.dynamodb;

import java.util.stream.Stream;

/** Finds the engine among the processes of this machine. */
final class Processes {
  private Processes() {}

  /** The engines that a process started, directly or through a shell. */
  static Stream<ProcessHandle> enginesOf(ProcessHandle parent) {
    return parent
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("dynoxide"));
  }
}
