package io.berth.sdl.read;

import io.berth.sdl.yaml.YamlValue;
import io.berth.sdl.yaml.YamlValue.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A value where it stands in the document. Reading it as some type reports what is wrong with it,
 * in the words Console's clients know, and gives a harmless stand-in.
 */
final class Field {
  private final Problems problems;
  private final Optional<Field> parent;
  private final String name;
  private final YamlValue value;

  private Field(Problems problems, Optional<Field> parent, String name, YamlValue value) {
    this.problems = problems;
    this.parent = parent;
    this.name = name;
    this.value = value;
  }

  static Field root(Problems problems, YamlValue value) {
    return new Field(problems, Optional.empty(), "", value);
  }

  private Field child(String childName, YamlValue childValue) {
    return new Field(problems, Optional.of(this), childName, childValue);
  }

  String name() {
    return name;
  }

  YamlValue value() {
    return value;
  }

  Place place() {
    return value.place();
  }

  String pointer() {
    return parent.map(above -> above.pointer() + "/" + escape(name)).orElse("");
  }

  /** JSON pointer's escapes (RFC 6901). */
  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private String where() {
    String above = parent.map(Field::pointer).orElse("");
    return above.isEmpty() ? "" : " at \"" + above + "\"";
  }

  /** Reports a problem of this value: {@code "name" at "parent" TEXT}. */
  void reject(String rule, String text) {
    report(rule, "\"" + name + "\"" + where() + " " + text);
  }

  /** Reports a problem of this value in the given words. */
  void report(String rule, String message) {
    problems.add(message, rule, pointer(), place());
  }

  boolean isNull() {
    return value instanceof YamlValue.Null;
  }

  boolean isNumber() {
    return value instanceof YamlValue.Numeric;
  }

  // ------------------------------------------------------------------ objects

  /** The entries of an object, whatever their names; empty if it is none. */
  Map<String, Field> entries() {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      reject("type", "should be object.");
      return Map.of();
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    mapping.entries().forEach((key, entry) -> fields.put(key, child(key, entry.value())));
    return fields;
  }

  /** The entries of an object that may have these names only. */
  Map<String, Field> entries(Set<String> allowed) {
    Map<String, Field> fields = entries();
    for (String key : fields.keySet()) {
      if (!allowed.contains(key)) {
        rejectUnknown(key, allowed);
      }
    }
    return fields;
  }

  private void rejectUnknown(String key, Set<String> allowed) {
    Place place = ((YamlValue.Mapping) value).entries().get(key).keyPlace();
    String at = pointer().isEmpty() ? "" : " at \"" + pointer() + "\"";
    problems.add(
        "Additional property \"" + key + "\" is not allowed" + at + ".",
        "unknown-field",
        pointer() + "/" + escape(key),
        place,
        Spelling.nearest(key, allowed).map(near -> "did you mean `" + near + "`?"));
  }

  /** Reports each of the names that the object lacks. */
  void require(Map<String, Field> fields, String... names) {
    if (!(value instanceof YamlValue.Mapping)) {
      return;
    }
    for (String required : names) {
      if (!fields.containsKey(required)) {
        String at = pointer().isEmpty() ? "" : " at \"" + pointer() + "\"";
        problems.add(
            "Missing required field: \"" + required + "\"" + at + ".",
            "required",
            pointer(),
            place());
      }
    }
  }

  /** The part of an object or list with this name or index, without reporting anything. */
  Optional<Field> part(String part) {
    return switch (value) {
      case YamlValue.Mapping mapping ->
          Optional.ofNullable(mapping.entries().get(part)).map(entry -> child(part, entry.value()));
      case YamlValue.Sequence sequence ->
          IntStream.range(0, sequence.items().size())
              .filter(index -> String.valueOf(index).equals(part))
              .mapToObj(index -> child(part, sequence.items().get(index)))
              .findFirst();
      default -> Optional.empty();
    };
  }

  // ------------------------------------------------------------------ lists

  /** The items of a list; empty if it is null, which few lists may be. */
  Optional<List<Field>> itemsOrNull() {
    return isNull() ? Optional.empty() : Optional.of(items());
  }

  /** The items of a list. */
  List<Field> items() {
    if (!(value instanceof YamlValue.Sequence sequence)) {
      reject("type", "should be array.");
      return List.of();
    }
    List<Field> fields = new ArrayList<>(sequence.items().size());
    for (int i = 0; i < sequence.items().size(); i++) {
      fields.add(child(Integer.toString(i), sequence.items().get(i)));
    }
    return fields;
  }

  /** A list of strings. */
  List<String> texts() {
    return items().stream().map(Field::text).toList();
  }

  // ------------------------------------------------------------------ scalars

  /** Text. What YAML reads as a number or the like needs quotes. */
  String text() {
    return switch (value) {
      case YamlValue.Text text -> text.text();
      case YamlValue.Numeric number -> unquoted(number.source());
      case YamlValue.Bool bool -> unquoted(Boolean.toString(bool.value()));
      case YamlValue.Other other -> unquoted(other.source());
      case YamlValue.Null none -> unquoted("");
      case YamlValue.Sequence sequence -> unquoted("");
      case YamlValue.Mapping mapping -> unquoted("");
    };
  }

  private String unquoted(String source) {
    problems.add(
        "\"" + name + "\"" + where() + " should be string.",
        "type",
        pointer(),
        place(),
        source.isEmpty() ? Optional.empty() : Optional.of("write \"" + source + "\" in quotes"));
    return source;
  }

  /** Text of at least so many characters. */
  String text(int least) {
    String text = text();
    if (value instanceof YamlValue.Text && text.codePointCount(0, text.length()) < least) {
      reject("min-length", "must be at least " + least + " characters long.");
    }
    return text;
  }

  /** Text that matches a pattern. */
  String text(Pattern pattern) {
    String text = text();
    if (value instanceof YamlValue.Text && !pattern.matcher(text).find()) {
      report(
          "format",
          "Invalid format: \""
              + name
              + "\""
              + where()
              + " does not match pattern \""
              + pattern
              + "\"");
    }
    return text;
  }

  /** One of a few texts. */
  String oneOf(List<String> allowed) {
    String text = text();
    boolean isText = value instanceof YamlValue.Text;
    if (!isText || !allowed.contains(text)) {
      problems.add(
          "\"" + name + "\"" + where() + " should be one of: " + String.join(", ", allowed) + ".",
          "one-of",
          pointer(),
          place(),
          Optional.of(text)
              .filter(written -> isText)
              .flatMap(written -> Spelling.nearest(written, allowed))
              .map(near -> "did you mean `" + near + "`?"));
    }
    return text;
  }

  boolean bool() {
    if (value instanceof YamlValue.Bool bool) {
      return bool.value();
    }
    reject("type", "should be boolean.");
    return false;
  }

  /** A whole number within bounds; the nearest bound if it is outside. */
  long integer(long least, long most) {
    if (!(value instanceof YamlValue.Numeric number) || !isWhole(number.value())) {
      reject("type", "should be integer.");
      return least;
    }
    if (number.value().compareTo(BigDecimal.valueOf(least)) < 0) {
      reject("minimum", "must be at least " + least + ".");
      return least;
    }
    if (number.value().compareTo(BigDecimal.valueOf(most)) > 0) {
      reject("maximum", "must be at most " + most + ".");
      return most;
    }
    return number.value().longValueExact();
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }
}
