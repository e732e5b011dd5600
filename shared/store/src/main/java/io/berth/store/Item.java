package io.berth.store;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.berth.domain.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row, by the names and kinds of its attributes. Times are ISO 8601 text to the nanosecond. */
final class Item {
  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  static Item empty() {
    return new Item(new HashMap<>());
  }

  static Item of(Map<String, AttributeValue> attributes) {
    return new Item(new HashMap<>(attributes));
  }

  Item text(String name, String value) {
    attributes.put(name, Values.text(value));
    return this;
  }

  Item number(String name, long value) {
    attributes.put(name, Values.number(value));
    return this;
  }

  Item amount(String name, BigInteger value) {
    return text(name, value.toString());
  }

  Item bytes(String name, Bytes value) {
    attributes.put(name, Values.bytes(value));
    return this;
  }

  Item flag(String name, boolean value) {
    attributes.put(name, AttributeValue.fromBool(value));
    return this;
  }

  Item time(String name, Instant value) {
    attributes.put(name, Values.time(value));
    return this;
  }

  Item time(String name, Optional<Instant> value) {
    value.ifPresent(at -> time(name, at));
    return this;
  }

  Item texts(String name, List<String> values) {
    attributes.put(name, AttributeValue.fromL(values.stream().map(Values::text).toList()));
    return this;
  }

  /** A part with attributes of its own. */
  Item part(String name, Item value) {
    attributes.put(name, AttributeValue.fromM(value.attributes));
    return this;
  }

  Item parts(String name, List<Item> values) {
    attributes.put(
        name,
        AttributeValue.fromL(
            values.stream().map(value -> AttributeValue.fromM(value.attributes)).toList()));
    return this;
  }

  /** A part whose attributes are texts. */
  Item textsByName(String name, Map<String, String> values) {
    Item part = empty();
    values.forEach(part::text);
    return part(name, part);
  }

  /** All attributes of the other row too. */
  Item with(Map<String, AttributeValue> more) {
    attributes.putAll(more);
    return this;
  }

  String text(String name) {
    return require(name, AttributeValue::s);
  }

  long number(String name) {
    return Long.parseLong(require(name, AttributeValue::n));
  }

  BigInteger amount(String name) {
    return new BigInteger(text(name));
  }

  Bytes bytes(String name) {
    return Bytes.of(require(name, AttributeValue::b).asByteArray());
  }

  boolean flag(String name) {
    return require(name, AttributeValue::bool);
  }

  Instant time(String name) {
    return Instant.parse(text(name));
  }

  Optional<Instant> timeIfAny(String name) {
    return has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  List<String> texts(String name) {
    return require(name, AttributeValue::l).stream().map(AttributeValue::s).toList();
  }

  Item part(String name) {
    return of(require(name, AttributeValue::m));
  }

  List<Item> parts(String name) {
    return require(name, AttributeValue::l).stream().map(value -> of(value.m())).toList();
  }

  Map<String, String> textsByName(String name) {
    return require(name, AttributeValue::m).entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().s()));
  }

  /** What a reader of this row makes of an attribute; empty if the row has none of the name. */
  <T> Optional<T> find(String name, BiFunction<Item, String, T> reader) {
    return has(name) ? Optional.of(reader.apply(this, name)) : Optional.empty();
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  /** These attributes as an update expression; see {@link #names()} and {@link #values()}. */
  String assignments() {
    return attributes.keySet().stream()
        .sorted()
        .map(name -> "#" + name + " = :" + name)
        .collect(joining(", ", "SET ", ""));
  }

  /** Each name {@code x} as {@code #x}, since many names are reserved words. */
  Map<String, String> names() {
    return attributes.keySet().stream().collect(toMap("#"::concat, name -> name));
  }

  /** The value of each name {@code x} as {@code :x}. */
  Map<String, AttributeValue> values() {
    return attributes.keySet().stream().collect(toMap(":"::concat, attributes::get));
  }

  /**
   * An attribute of a kind.
   *
   * @throws IllegalStateException if there is none of this name and kind
   */
  private <T> T require(String name, Function<AttributeValue, T> kind) {
    AttributeValue value = attributes.get(name);
    T content = value == null ? null : kind.apply(value);
    if (content == null) {
      throw new IllegalStateException("a row has no " + name);
    }
    return content;
  }
}
