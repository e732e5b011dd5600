package io.berth.sdl.layout;

import java.util.List;
import java.util.function.Consumer;

/**
 * Writes JSON as Go's encoder does: no blanks, {@code < > &} and the line separators escaped
 * (chain-protocol.md §4.9). The hash depends on every byte, so no general JSON library will do.
 * Names come out as they are given: whoever writes an object gives them in byte order.
 */
final class GoJson {
  private static final String[] ESCAPES = escapes();

  private final StringBuilder out = new StringBuilder(2048);
  private final boolean escapesLineSeparators;
  private boolean first = true;

  GoJson(boolean escapesLineSeparators) {
    this.escapesLineSeparators = escapesLineSeparators;
  }

  private static String[] escapes() {
    String[] escapes = new String[128];
    for (int c = 0; c < 0x20; c++) {
      escapes[c] = "\\u%04x".formatted(c);
    }
    for (char c : new char[] {'<', '>', '&'}) {
      escapes[c] = "\\u%04x".formatted((int) c);
    }
    escapes['"'] = "\\\"";
    escapes['\\'] = "\\\\";
    escapes['\b'] = "\\b";
    escapes['\f'] = "\\f";
    escapes['\n'] = "\\n";
    escapes['\r'] = "\\r";
    escapes['\t'] = "\\t";
    return escapes;
  }

  /** What was written. */
  String text() {
    return out.toString();
  }

  GoJson beginObject() {
    return begin('{');
  }

  GoJson endObject() {
    return end('}');
  }

  /** The name of what comes next: nothing in it needs an escape. */
  GoJson name(String name) {
    next().append('"').append(name).append("\":");
    first = true;
    return this;
  }

  GoJson value(String text) {
    next().append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      String escape = escape(text.charAt(i));
      if (escape != null) {
        out.append(text, done, i).append(escape);
        done = i + 1;
      }
    }
    out.append(text, done, text.length()).append('"');
    return this;
  }

  GoJson value(long number) {
    next().append(number);
    return this;
  }

  GoJson value(boolean bool) {
    next().append(bool);
    return this;
  }

  GoJson nothing() {
    next().append("null");
    return this;
  }

  /** A list, each item written by {@code writing}. */
  <T> GoJson list(List<T> items, Consumer<T> writing) {
    begin('[');
    for (T item : items) {
      writing.accept(item);
    }
    return end(']');
  }

  private GoJson begin(char bracket) {
    next().append(bracket);
    first = true;
    return this;
  }

  private GoJson end(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private StringBuilder next() {
    if (!first) {
      out.append(',');
    }
    first = false;
    return out;
  }

  private String escape(char c) {
    if (c < ESCAPES.length) {
      return ESCAPES[c];
    }
    if (escapesLineSeparators && (c == '\u2028' || c == '\u2029')) {
      return c == '\u2028' ? "\\u2028" : "\\u2029";
    }
    return null;
  }
}
