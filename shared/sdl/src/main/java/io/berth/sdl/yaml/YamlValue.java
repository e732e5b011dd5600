package io.berth.sdl.yaml;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A value of a YAML document, with the place where it stands. */
public sealed interface YamlValue {

  /** Where a value stands; both count from 1. */
  record Place(int line, int column) {}

  Place place();

  /** The value's type as JSON schema names it. */
  String type();

  /** Text. */
  record Text(Place place, String text) implements YamlValue {
    @Override
    public String type() {
      return "string";
    }
  }

  /** A finite number, exact, with the text it was written as. */
  record Numeric(Place place, BigDecimal value, String source) implements YamlValue {
    @Override
    public String type() {
      return "number";
    }
  }

  record Bool(Place place, boolean value) implements YamlValue {
    @Override
    public String type() {
      return "boolean";
    }
  }

  record Null(Place place) implements YamlValue {
    @Override
    public String type() {
      return "null";
    }
  }

  /** A scalar that is none of the others, such as a date or {@code .inf}. */
  record Other(Place place, String source) implements YamlValue {
    @Override
    public String type() {
      return "other";
    }
  }

  record Sequence(Place place, List<YamlValue> items) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String type() {
      return "array";
    }
  }

  /** Entries in document order. */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlValue {
    @Override
    public String type() {
      return "object";
    }
  }

  /** A mapping's value, with the place of its key. */
  record Entry(Place keyPlace, YamlValue value) {}
}
