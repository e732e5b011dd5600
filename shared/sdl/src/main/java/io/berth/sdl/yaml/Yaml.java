package io.berth.sdl.yaml;

import io.berth.sdl.yaml.YamlValue.Entry;
import io.berth.sdl.yaml.YamlValue.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document, in one pass over the parser's events. Refused: several documents, tags
 * of any type, duplicate keys, keys that are no scalars, deep nesting, and aliases that grow the
 * document beyond all measure.
 */
public final class Yaml {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_ALIASES = 100;
  private static final int MAX_VALUES = 50_000;

  /** YAML's own limit on a key, held also against those written with a question mark. */
  private static final int MAX_KEY = 1024;

  private static final Place START = new Place(1, 1);
  private static final LoadSettings WITH_PLACES =
      LoadSettings.builder().setUseMarks(true).setLabel("SDL").build();
  private static final LoadSettings WITHOUT_PLACES =
      LoadSettings.builder().setUseMarks(false).setLabel("SDL").build();

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int depth;
  private int aliases;
  private int values;

  /** A value that aliases may repeat, with the number of values in it. */
  private record Anchored(YamlValue value, int size) {}

  /** Whether values know where they stand. It takes time, and only problems need it. */
  public enum Places {
    KEPT,
    /** Every value stands at line 1, column 1. */
    LEFT_OUT
  }

  private Yaml(LoadSettings settings, String text) {
    Scanner scanner = new ScannerImpl(settings, new StreamReader(settings, text));
    this.events = new ParserImpl(settings, new Tokens(scanner));
  }

  /** Reads the document; never throws for any text. */
  public static YamlResult read(String text, Places places) {
    try {
      return new YamlResult.Read(
          new Yaml(places == Places.KEPT ? WITH_PLACES : WITHOUT_PLACES, text).document());
    } catch (RefusedException e) {
      return e.broken();
    } catch (MarkedYamlEngineException e) {
      return new YamlResult.Broken(
          messageOf(e), "yaml", e.getProblemMark().map(Yaml::place).orElse(START));
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The library lets a few of the latter escape on hostile text (found by make fuzz).
      return new YamlResult.Broken("not readable as YAML", "yaml", START);
    }
  }

  private static String messageOf(MarkedYamlEngineException e) {
    return e.getProblem() == null ? "not readable as YAML" : e.getProblem();
  }

  private YamlValue document() {
    YamlValue value = new YamlValue.Null(START);
    int documents = 0;
    while (true) {
      Event event = events.next();
      switch (event) {
        case StreamEndEvent end -> {
          return value;
        }
        case DocumentStartEvent start -> {
          documents++;
          refuseIf(
              documents > 1, "expected a single document in the stream, but found more", event);
          value = value(events.next());
        }
        default -> {}
      }
    }
  }

  private YamlValue value(Event event) {
    values++;
    refuseIf(values > MAX_VALUES, "aliases make the document too large", event);
    return switch (event) {
      case AliasEvent alias -> repeated(alias);
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), 1, scalar(scalar));
      case SequenceStartEvent start -> {
        int before = values;
        YamlValue sequence = sequence(start);
        yield anchored(start.getAnchor(), values - before + 1, sequence);
      }
      case MappingStartEvent start -> {
        int before = values;
        YamlValue mapping = mapping(start);
        yield anchored(start.getAnchor(), values - before + 1, mapping);
      }
      default -> throw refused("unsupported YAML", event);
    };
  }

  /** An anchor counts once its value is whole, so nothing can repeat itself within itself. */
  private YamlValue anchored(Optional<Anchor> anchor, int size, YamlValue value) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(value, size)));
    return value;
  }

  private YamlValue repeated(AliasEvent alias) {
    aliases++;
    refuseIf(aliases > MAX_ALIASES, "more than " + MAX_ALIASES + " aliases", alias);
    Anchored known = anchors.get(alias.getAlias());
    if (known == null) {
      throw refused("unidentified alias \"" + alias.getAlias().getValue() + "\"", alias);
    }
    values += known.size();
    refuseIf(values > MAX_VALUES, "aliases make the document too large", alias);
    return known.value();
  }

  private static YamlValue scalar(ScalarEvent scalar) {
    refuseTag(scalar.getTag(), scalar);
    Place place = placeOf(scalar);
    requireText(scalar, place);
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().isEmpty();
    return plain
        ? Scalars.resolve(scalar.getValue(), place)
        : new YamlValue.Text(place, scalar.getValue());
  }

  private YamlValue sequence(SequenceStartEvent start) {
    enter(start.getTag(), start);
    List<YamlValue> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event));
    }
    depth--;
    return new YamlValue.Sequence(placeOf(start), items);
  }

  private YamlValue mapping(MappingStartEvent start) {
    enter(start.getTag(), start);
    Map<String, Entry> own = new LinkedHashMap<>();
    Map<String, Entry> merged = Map.of();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw refused("a key must be text", event);
      }
      refuseTag(key.getTag(), key);
      refuseIf(key.getValue().length() > MAX_KEY, "a key is longer than 1024 characters", key);
      Place keyPlace = placeOf(key);
      requireText(key, keyPlace);
      key.getAnchor().ifPresent(name -> anchors.put(name, new Anchored(scalar(key), 1)));
      YamlValue value = value(events.next());
      if (key.getScalarStyle() == ScalarStyle.PLAIN && key.getValue().equals("<<")) {
        merged = merged.isEmpty() ? new LinkedHashMap<>() : merged;
        merge(merged, value);
      } else if (own.put(key.getValue(), new Entry(keyPlace, value)) != null) {
        throw new RefusedException(
            new YamlResult.Broken("duplicated mapping key", "duplicate-key", keyPlace));
      }
    }
    merged.forEach(own::putIfAbsent);
    depth--;
    return new YamlValue.Mapping(placeOf(start), own);
  }

  private void enter(Optional<String> tag, Event event) {
    depth++;
    refuseIf(depth > MAX_DEPTH, "nested deeper than " + MAX_DEPTH + " levels", event);
    refuseTag(tag, event);
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

  /** "!" alone only says that a scalar is text. */
  private static void refuseTag(Optional<String> tag, Event event) {
    if (tag.isPresent() && !tag.get().equals("!")) {
      throw refused("unknown tag !<" + tag.get() + ">", event);
    }
  }

  /** An escape can write half a surrogate pair, which no UTF-8 can carry. */
  private static void requireText(ScalarEvent scalar, Place place) {
    if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
        && scalar
            .getValue()
            .codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new RefusedException(
          new YamlResult.Broken("half a surrogate pair is no text", "yaml", place));
    }
  }

  private static void refuseIf(boolean wrong, String message, Event event) {
    if (wrong) {
      throw refused(message, event);
    }
  }

  private static RefusedException refused(String message, Event event) {
    return new RefusedException(new YamlResult.Broken(message, "yaml", placeOf(event)));
  }

  private static Place placeOf(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.isPresent() ? place(mark.get()) : START;
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
