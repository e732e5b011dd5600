package io.berth.local.stack;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.berth.domain.lifecycle.LifecycleException;
import io.berth.domain.lifecycle.OperationCancelledException;
import io.berth.domain.lifecycle.StepWork;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which errors of the lifecycle a task can end with, as its compiled code tells: those that are
 * made anywhere on the way from its handler through its wiring and its step.
 */
final class LifecycleErrors {
  /**
   * What the code seems to throw and does not: closing is what the owner wants who cancels, and
   * {@code Journal.enter} lets just this step begin.
   */
  private static final Map<String, Set<String>> NEVER =
      Map.of("CloseFailed", Set.of(OperationCancelledException.class.getName()));

  private static final String TASKS = "io.berth.functions.lifecycle";
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(TASKS, "io.berth.domain.lifecycle");

  private final Set<JavaCodeUnit> reached = new HashSet<>();
  private final Set<JavaClass> made = new HashSet<>();

  private LifecycleErrors() {}

  /** The names of all classes that the state machine may be told of. */
  static Set<String> all() {
    return Stream.of(LifecycleException.class.getPermittedSubclasses())
        .map(Class::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Those of one task.
   *
   * @param task its handler's simple name
   */
  static Set<String> of(String task) {
    LifecycleErrors way = new LifecycleErrors();
    way.follow(CODE.get(TASKS + "." + task).getAllMembers().stream());
    way.runSteps();
    Set<String> errors =
        way.made.stream()
            .map(JavaClass::getName)
            .filter(all()::contains)
            .collect(Collectors.toSet());
    errors.removeAll(NEVER.getOrDefault(task, Set.of()));
    return Set.copyOf(errors);
  }

  private void follow(Stream<?> members) {
    members
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast)
        .forEach(this::reach);
  }

  private void reach(JavaCodeUnit unit) {
    if (!CODE.contain(unit.getOwner().getName()) || !reached.add(unit)) {
      return;
    }
    if (unit instanceof JavaConstructor) {
      made.add(unit.getOwner());
    }
    follow(
        unit.getAccessesFromSelf().stream()
            .map(access -> access.getTarget())
            .filter(CodeUnitAccessTarget.class::isInstance)
            .flatMap(target -> target.resolveMember().stream()));
  }

  /** A step that is made is also run, unless the wiring calls something else of it itself. */
  private void runSteps() {
    Set<JavaClass> used =
        reached.stream()
            .filter(unit -> unit.getOwner().getSimpleName().equals("Wiring"))
            .flatMap(unit -> unit.getMethodCallsFromSelf().stream())
            .map(call -> call.getTargetOwner())
            .collect(Collectors.toSet());
    Set<JavaClass> steps =
        made.stream()
            .filter(type -> type.isAssignableTo(StepWork.class) && !used.contains(type))
            .collect(Collectors.toSet());
    steps.forEach(step -> reach(step.getMethod("run", String.class)));
  }
}
