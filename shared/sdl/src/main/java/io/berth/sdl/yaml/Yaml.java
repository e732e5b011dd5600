package io.berth.sdl.yaml;

import io.berth.sdl.yaml.YamlValue.Entry;
import io.berth.sdl.yaml.YamlValue.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads one YAML document. Refused: several documents, tags of any type, duplicate keys, keys that
 * are no scalars, deep nesting, and aliases that grow the document beyond all measure.
 */
public final class Yaml {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_ALIASES = 100;
  private static final int MAX_VALUES = 50_000;
  private static final Place START = new Place(1, 1);

  private int values;

  private Yaml() {}

  /** Reads the document; never throws for any text. */
  public static YamlResult read(String text) {
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).setLabel("SDL").build();
    try {
      checkEvents(new Parse(settings).parseString(text));
      Optional<Node> root = new Compose(settings).composeString(text);
      return new YamlResult.Read(
          root.isEmpty() ? new YamlValue.Null(START) : new Yaml().value(root.get(), 0));
    } catch (RefusedException e) {
      return e.broken();
    } catch (MarkedYamlEngineException e) {
      return new YamlResult.Broken(
          messageOf(e), "yaml", e.getProblemMark().map(Yaml::place).orElse(START));
    } catch (YamlEngineException e) {
      return new YamlResult.Broken("not readable as YAML", "yaml", START);
    }
  }

  private static String messageOf(MarkedYamlEngineException e) {
    return e.getProblem() == null ? "not readable as YAML" : e.getProblem();
  }

  /** Looks at the flat events first, so that nothing recursive meets an unbounded document. */
  private static void checkEvents(Iterable<Event> events) {
    int depth = 0;
    int aliases = 0;
    int documents = 0;
    for (Event event : events) {
      switch (event) {
        case CollectionStartEvent start -> {
          depth++;
          refuseIf(depth > MAX_DEPTH, "nested deeper than " + MAX_DEPTH + " levels", event);
          refuseTag(start.getTag(), event);
        }
        case CollectionEndEvent end -> depth--;
        case ScalarEvent scalar -> {
          refuseTag(scalar.getTag(), event);
          refuseIf(hasHalfPair(scalar.getValue()), "half of a surrogate pair", event);
        }
        case AliasEvent alias -> {
          aliases++;
          refuseIf(aliases > MAX_ALIASES, "more than " + MAX_ALIASES + " aliases", event);
        }
        case DocumentStartEvent start -> {
          documents++;
          refuseIf(
              documents > 1, "expected a single document in the stream, but found more", event);
        }
        default -> {}
      }
    }
  }

  /** Such text has no UTF-8, so nobody could hash it. */
  private static boolean hasHalfPair(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static void refuseTag(Optional<String> tag, Event event) {
    // "!" alone only says that a quoted scalar is text.
    tag.filter(name -> !name.equals("!"))
        .ifPresent(name -> refuseIf(true, "unknown tag !<" + name + ">", event));
  }

  private static void refuseIf(boolean wrong, String message, Event event) {
    if (wrong) {
      throw new RefusedException(
          new YamlResult.Broken(
              message, "yaml", event.getStartMark().map(Yaml::place).orElse(START)));
    }
  }

  private YamlValue value(Node node, int depth) {
    Place place = node.getStartMark().map(Yaml::place).orElse(START);
    values++;
    if (values > MAX_VALUES || depth > MAX_DEPTH) {
      throw new RefusedException(
          new YamlResult.Broken("aliases make the document too large", "yaml", place));
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, place);
      case SequenceNode sequence -> {
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(value(item, depth + 1));
        }
        yield new YamlValue.Sequence(place, items);
      }
      case MappingNode mapping -> mapping(mapping, place, depth);
      default ->
          throw new RefusedException(new YamlResult.Broken("unsupported YAML", "yaml", place));
    };
  }

  private static YamlValue scalar(ScalarNode scalar, Place place) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN
        ? Scalars.resolve(scalar.getValue(), place)
        : new YamlValue.Text(place, scalar.getValue());
  }

  private YamlValue mapping(MappingNode mapping, Place place, int depth) {
    Map<String, Entry> own = new LinkedHashMap<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyPlace = tuple.getKeyNode().getStartMark().map(Yaml::place).orElse(place);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new RefusedException(new YamlResult.Broken("a key must be text", "yaml", keyPlace));
      }
      YamlValue value = value(tuple.getValueNode(), depth + 1);
      if (key.getScalarStyle() == ScalarStyle.PLAIN && key.getValue().equals("<<")) {
        merge(merged, value);
      } else if (own.put(key.getValue(), new Entry(keyPlace, value)) != null) {
        throw new RefusedException(
            new YamlResult.Broken("duplicated mapping key", "duplicate-key", keyPlace));
      }
    }
    merged.forEach(own::putIfAbsent);
    return new YamlValue.Mapping(place, own);
  }

  /** YAML's merge key: a mapping, or a list of mappings of which the first to name a key counts. */
  private static void merge(Map<String, Entry> into, YamlValue value) {
    switch (value) {
      case YamlValue.Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case YamlValue.Sequence sequence -> sequence.items().forEach(item -> merge(into, item));
      default ->
          throw new RefusedException(
              new YamlResult.Broken("cannot merge what is no mapping", "yaml", value.place()));
    }
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient YamlResult.Broken broken;

    RefusedException(YamlResult.Broken broken) {
      super(broken.message(), null, false, false);
      this.broken = broken;
    }

    YamlResult.Broken broken() {
      return broken;
    }
  }
}
