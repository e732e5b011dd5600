package io.berth.http;

import static io.berth.http.ConsoleJson.name;
import static io.berth.http.ConsoleJson.object;
import static io.berth.http.ConsoleJson.time;

import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.StepRun;
import java.util.List;
import java.util.Map;

/** Operations, which Console's API does not have; times and names as there. */
public final class OperationJson {
  private OperationJson() {}

  /** Where it stands, for answers about something else. */
  public static Map<String, Object> summary(Operation operation) {
    Map<String, Object> json = object("id", operation.id(), "state", name(operation.state()));
    operation.current().ifPresent(run -> json.put("step", name(run.step())));
    return json;
  }

  /** All that users may know of it. */
  public static Map<String, Object> full(Operation operation) {
    Map<String, Object> json = summary(operation);
    json.put("dseq", Long.toString(operation.dseq()));
    json.put("startedAt", time(operation.startedAt()));
    operation
        .current()
        .filter(run -> !operation.isOver())
        .ifPresent(run -> json.put("deadline", time(run.deadline())));
    operation.ready().ifPresent(ready -> json.put("result", object("ready", ready)));
    operation.fault().ifPresent(fault -> json.put("problem", problem(fault)));
    json.put("warnings", warnings(operation));
    json.put("steps", operation.steps().stream().map(OperationJson::step).toList());
    return json;
  }

  private static Map<String, Object> problem(Fault fault) {
    return object("code", fault.code(), "message", fault.message());
  }

  private static List<String> warnings(Operation operation) {
    boolean notReady = operation.ready().filter(ready -> !ready).isPresent();
    return notReady
        ? List.of("The workload was not ready in time. Its leases are active and cost money.")
        : List.of();
  }

  private static Map<String, Object> step(StepRun run) {
    Map<String, Object> json =
        object(
            "step", name(run.step()),
            "startedAt", time(run.startedAt()),
            "deadline", time(run.deadline()));
    run.endedAt().ifPresent(at -> json.put("endedAt", time(at)));
    return json;
  }
}
