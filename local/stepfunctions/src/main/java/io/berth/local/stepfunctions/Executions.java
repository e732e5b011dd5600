package io.berth.local.stepfunctions;

import io.berth.local.aws.AwsFault;
import io.berth.local.stepfunctions.asl.Definition;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** All machines and their executions. Everything here runs within the loop. */
final class Executions {
  private static final System.Logger LOG = System.getLogger(Executions.class.getName());

  private final Engine engine;
  private final Arns arns;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, Machine> aliases = new LinkedHashMap<>();
  private final Map<String, Execution> executions = new LinkedHashMap<>();

  Executions(Engine engine, Arns arns) {
    this.engine = engine;
    this.arns = arns;
  }

  /** Adds a machine, and its executions that an earlier process left in a journal. */
  Machine add(String name, Definition definition, Optional<Journal> journal) {
    Machine machine =
        new Machine(name, arns.machine(name), arns.role(name), definition, engine.loop().now());
    if (machines.putIfAbsent(machine.arn(), machine) != null) {
      throw new IllegalArgumentException("there are two state machines named " + name);
    }
    journal.ifPresent(kept -> kept.read(machine).forEach(each -> restore(machine, each, kept)));
    return machine;
  }

  /** Another name of a machine, whose executions are the machine's own. */
  String alias(String machine, String alias) {
    String arn = machine + ":" + alias;
    aliases.put(arn, machine(machine));
    return arn;
  }

  Machine machine(String arn) {
    return Optional.ofNullable(machines.get(arn))
        .or(() -> Optional.ofNullable(aliases.get(arn)))
        .orElseThrow(
            () ->
                AwsFault.of(
                    "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'"));
  }

  /**
   * Starts an execution; the same request again, while it runs, gives the same one.
   *
   * @throws AwsFault if the machine does not exist, or has had another execution of the name
   */
  Execution start(Machine machine, String name, JsonNode input) {
    String arn = arns.execution(machine.name(), name);
    Execution known = executions.get(arn);
    if (known != null) {
      boolean same = known.progress().status() == Status.RUNNING && known.input().equals(input);
      if (same) {
        return known;
      }
      throw AwsFault.of("ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }
    Execution execution = new Execution(engine, machine, arn, name, input, engine.loop().now());
    executions.put(arn, execution);
    execution.start();
    return execution;
  }

  private void restore(Machine machine, Journal.Kept kept, Journal journal) {
    String arn = arns.execution(machine.name(), kept.name());
    if (!kept.position().fits(machine.definition().flow())) {
      LOG.log(Level.WARNING, "{0} is left out: its machine has changed since", arn);
      return;
    }
    Execution execution =
        new Execution(engine, machine, arn, kept.name(), kept.input(), kept.started());
    executions.put(arn, execution);
    execution.restore(kept);
    journal.resumed(execution);
  }

  Execution execution(String arn) {
    return find(arn)
        .orElseThrow(
            () -> AwsFault.of("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'"));
  }

  Optional<Execution> find(String arn) {
    return Optional.ofNullable(executions.get(arn));
  }

  /** The newest execution of a name, which may have its machine's and a colon before it. */
  Optional<Execution> named(String name) {
    return newestFirst().stream()
        .filter(
            execution ->
                name.equals(execution.name())
                    || name.equals(execution.machine().name() + ":" + execution.name()))
        .findFirst();
  }

  /** The newest first. */
  List<Execution> newestFirst() {
    List<Execution> list = new ArrayList<>(executions.values());
    Collections.reverse(list);
    return list;
  }

  Collection<Machine> machines() {
    return Collections.unmodifiableCollection(machines.values());
  }
}
