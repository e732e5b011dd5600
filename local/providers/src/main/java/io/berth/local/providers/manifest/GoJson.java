package io.berth.local.providers.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON byte for byte as Go's encoding/json does, with sorted keys. */
final class GoJson {
  private final StringBuilder out = new StringBuilder();

  private GoJson() {}

  static byte[] write(Object value) {
    GoJson json = new GoJson();
    json.any(value);
    return json.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void any(Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> string(text);
      case Long number -> out.append(number);
      case Boolean bool -> out.append(bool);
      case List<?> list -> list(list);
      case Map<?, ?> map -> object(map);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void list(List<?> list) {
    out.append('[');
    for (Iterator<?> element = list.iterator(); element.hasNext(); ) {
      any(element.next());
      if (element.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entry = new TreeMap<>(map).entrySet().iterator();
    while (entry.hasNext()) {
      Map.Entry<?, ?> next = entry.next();
      string((String) next.getKey());
      out.append(':');
      any(next.getValue());
      if (entry.hasNext()) {
        out.append(',');
      }
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
      case '<', '>', '&', 0x2028, 0x2029 -> out.append("\\u%04x".formatted(c));
      default -> {
        if (c < ' ') {
          out.append("\\u%04x".formatted(c));
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          out.append('\ufffd'); // half a pair, which Go replaces when it decodes
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
