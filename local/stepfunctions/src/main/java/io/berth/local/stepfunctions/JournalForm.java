package io.berth.local.stepfunctions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a journal keeps, as JSON. A member that is absent is empty; one that is null is null. */
final class JournalForm {
  private JournalForm() {}

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static <T> Optional<T> find(JsonNode json, String member, Function<JsonNode, T> form) {
    return json.has(member) ? Optional.of(form.apply(json.get(member))) : Optional.empty();
  }

  private static Instant instant(JsonNode json) {
    return Instant.parse(json.asString());
  }

  static ObjectNode of(HistoryEvent event) {
    ObjectNode json =
        object()
            .put("id", event.id())
            .put("previousId", event.previousId())
            .put("time", event.time().toString())
            .put("type", event.type());
    event.state().ifPresent(state -> json.put("state", state));
    event
        .details()
        .ifPresent(details -> json.putObject("details").set(details.member(), details.content()));
    return json;
  }

  static HistoryEvent event(JsonNode json) {
    return new HistoryEvent(
        json.get("id").asLong(),
        json.get("previousId").asLong(),
        instant(json.get("time")),
        json.get("type").asString(),
        find(json, "state", JsonNode::asString),
        find(json, "details", JournalForm::details));
  }

  private static Details details(JsonNode json) {
    Map.Entry<String, JsonNode> only = json.properties().iterator().next();
    return new Details(only.getKey(), (ObjectNode) only.getValue());
  }

  static ObjectNode of(Execution.Progress progress) {
    ObjectNode json =
        object().put("status", progress.status().name()).put("redrives", progress.redrives());
    progress.stopped().ifPresent(time -> json.put("stopped", time.toString()));
    progress.output().ifPresent(output -> json.set("output", output));
    progress
        .failure()
        .ifPresent(
            failure ->
                json.putObject("failure")
                    .put("error", failure.error())
                    .put("cause", failure.cause()));
    progress.redriven().ifPresent(time -> json.put("redriven", time.toString()));
    return json;
  }

  static Execution.Progress progress(JsonNode json) {
    return new Execution.Progress(
        Status.valueOf(json.get("status").asString()),
        find(json, "stopped", JournalForm::instant),
        find(json, "output", Function.identity()),
        find(
            json,
            "failure",
            failure ->
                new Failure(failure.get("error").asString(), failure.get("cause").asString())),
        json.get("redrives").asInt(),
        find(json, "redriven", JournalForm::instant));
  }

  static ObjectNode of(Position position) {
    ObjectNode json = object().put("state", position.state());
    json.set("input", position.input());
    ObjectNode variables = json.putObject("variables");
    position.variables().forEach(variables::set);
    position.entered().ifPresent(time -> json.put("entered", time.toString()));
    var lanes = json.putArray("lanes");
    for (Position.Lane lane : position.lanes()) {
      ObjectNode form = lanes.addObject();
      lane.output().ifPresent(output -> form.set("output", output));
      lane.at().ifPresent(at -> form.set("at", of(at)));
    }
    return json;
  }

  static Position position(JsonNode json) {
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    json.get("variables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
    List<Position.Lane> lanes = new ArrayList<>();
    json.get("lanes")
        .forEach(
            lane ->
                lanes.add(
                    new Position.Lane(
                        find(lane, "output", Function.identity()),
                        find(lane, "at", JournalForm::position))));
    return new Position(
        json.get("state").asString(),
        json.get("input"),
        variables,
        find(json, "entered", JournalForm::instant),
        lanes);
  }
}
