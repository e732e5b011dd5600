package io.berth.sdl.layout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Go's encoder writes a value whose keys were sorted: no blanks, {@code < > &} and the line
 * separators escaped (chain-protocol.md §4.9). The hash depends on every byte, so no general JSON
 * library will do.
 */
final class GoJson {
  private final StringBuilder out = new StringBuilder();
  private final boolean escapesLineSeparators;

  private GoJson(boolean escapesLineSeparators) {
    this.escapesLineSeparators = escapesLineSeparators;
  }

  /** Writes nested maps, lists, strings, whole numbers, booleans and nulls. */
  static String write(Object value, boolean escapesLineSeparators) {
    GoJson json = new GoJson(escapesLineSeparators);
    json.value(value);
    return json.out.toString();
  }

  private void value(Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> string(text);
      case Boolean bool -> out.append(bool.booleanValue());
      case Integer number -> out.append(number.intValue());
      case Long number -> out.append(number.longValue());
      case List<?> list -> list(list);
      case Map<?, ?> map -> object(map);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void list(List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(list.get(i));
    }
    out.append(']');
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue());
    }
    out.append('}');
  }

  private void string(String text) {
    out.append('"');
    text.codePoints().forEach(this::character);
    out.append('"');
  }

  private void character(int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&' -> unicode(c);
      case 0x2028, 0x2029 -> {
        if (escapesLineSeparators) {
          unicode(c);
        } else {
          out.appendCodePoint(c);
        }
      }
      default -> {
        if (c < 0x20) {
          unicode(c);
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          // Half a pair is no character; Go puts the replacement character in its place.
          out.append('\uFFFD');
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private void unicode(int c) {
    out.append("\\u00".substring(0, c > 0xff ? 2 : 4));
    out.append(c > 0xff ? Integer.toHexString(c) : String.format("%02x", c));
  }
}
