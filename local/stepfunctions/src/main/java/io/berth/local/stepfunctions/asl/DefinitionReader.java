package io.berth.local.stepfunctions.asl;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a machine's definition from text. */
final class DefinitionReader {
  private static final String PLACE = "state machine";
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** No definition may be longer, in characters: the quota of CreateStateMachine. */
  private static final int LONGEST = 1024 * 1024;

  private final String source;
  private final Map<String, String> substitutions;

  DefinitionReader(String source, Map<String, String> substitutions) {
    this.source = source;
    this.substitutions = substitutions;
  }

  Definition read() {
    JsonNode root = parse(substituted());
    refuseLeftSubstitutions(PLACE, root);
    Members machine = new Members(PLACE, root);
    requireJsonata(machine);
    machine
        .findText("Version")
        .filter(version -> !version.equals("1.0"))
        .ifPresent(
            version -> {
              throw machine.fault("there is no version " + version + " of the language");
            });
    var timeout = machine.findInteger("TimeoutSeconds", 1, 99_999_999);
    String comment = machine.findText("Comment").orElse("");
    Flow flow = flow(machine);
    machine.refuseRest();
    DefinitionChecks.check(flow);
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    return new Definition(comment, flow, timeout.map(Duration::ofSeconds), text);
  }

  private static void requireJsonata(Members machine) {
    String language = machine.findText("QueryLanguage").orElse("JSONPath");
    if (!language.equals("JSONata")) {
      throw machine.fault(
          "QueryLanguage is " + language + ": here machines are in JSONata as a whole");
    }
  }

  /** Reads {@code StartAt} and {@code States}. */
  static Flow flow(Members holder) {
    String startAt = holder.text("StartAt");
    JsonNode states = holder.get("States");
    if (!states.isObject() || states.isEmpty()) {
      throw holder.fault("States must be an object that is not empty");
    }
    Map<String, State> byName = new LinkedHashMap<>();
    states
        .properties()
        .forEach(
            entry ->
                byName.put(
                    entry.getKey(), new StateReader(entry.getKey(), entry.getValue()).read()));
    return new Flow(startAt, byName);
  }

  private String substituted() {
    if (source.length() > LONGEST) {
      throw new DefinitionException(PLACE, "the definition is longer than " + LONGEST);
    }
    return SUBSTITUTION
        .matcher(source)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    substitutions.getOrDefault(match.group(1), match.group())));
  }

  private static JsonNode parse(String text) {
    try {
      return text.stripLeading().startsWith("{") ? JSON.readTree(text) : yaml(text);
    } catch (JacksonException e) {
      throw new DefinitionException(PLACE, "is not JSON: " + e.getOriginalMessage());
    } catch (YamlEngineException e) {
      throw new DefinitionException(PLACE, "is not YAML: " + e.getMessage());
    }
  }

  private static JsonNode yaml(String text) {
    Object loaded =
        new Load(LoadSettings.builder().setLabel("definition").build()).loadFromString(text);
    return JSON.valueToTree(loaded);
  }

  /** Nothing is left to substitute; the innermost state is named. */
  private static void refuseLeftSubstitutions(String place, JsonNode value) {
    if (value.isString()) {
      Matcher left = SUBSTITUTION.matcher(value.asString());
      if (left.find()) {
        throw new DefinitionException(place, "nothing is given for " + left.group());
      }
    }
    if (value.isArray()) {
      value.forEach(item -> refuseLeftSubstitutions(place, item));
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      boolean states = member.getKey().equals("States") && member.getValue().isObject();
      if (states) {
        member
            .getValue()
            .properties()
            .forEach(
                state ->
                    refuseLeftSubstitutions(StateReader.place(state.getKey()), state.getValue()));
      } else {
        refuseLeftSubstitutions(place, member.getValue());
      }
    }
  }
}
