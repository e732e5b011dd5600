package io.berth.local.stepfunctions.asl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A state of any type. */
public sealed interface State permits Choice, Fail, MapState, Parallel, Pass, Succeed, Task, Wait {

  /** Unique within the whole machine. */
  String name();

  /** What it is for; empty if the definition does not say. */
  String comment();

  /** Its {@code Type}. */
  default String type() {
    return switch (this) {
      case MapState _ -> "Map";
      default -> getClass().getSimpleName();
    };
  }

  /** Every way out of it: after success, by each rule of a Choice, after each error it catches. */
  default List<Exit> exits() {
    return switch (this) {
      case Pass pass -> List.of(pass.exit());
      case Wait wait -> List.of(wait.exit());
      case Succeed succeed -> List.of(succeed.exit());
      case Choice choice -> choice.everyExit();
      case Task task -> task.recovery().with(task.exit());
      case Parallel parallel -> parallel.recovery().with(parallel.exit());
      case MapState map -> map.recovery().with(map.exit());
      case Fail _ -> List.of();
    };
  }

  /** What it does about errors. */
  default Recovery recovery() {
    return Recovery.NONE;
  }

  /** The flows inside it. */
  default List<Flow> inner() {
    return switch (this) {
      case Parallel parallel -> parallel.branches();
      case MapState map -> List.of(map.processor());
      default -> List.of();
    };
  }

  /** The names of the states that may come after it. */
  default Set<String> successors() {
    Set<String> names = new LinkedHashSet<>();
    exits().forEach(exit -> exit.next().ifPresent(names::add));
    return names;
  }
}
