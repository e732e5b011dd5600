package io.berth.http;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request's fields and gathers every broken rule on the way; {@link #verify()} refuses them
 * all at once. A value that breaks a rule reads as a harmless stand-in until then. Fields of the
 * body that nobody asked for are refused too: a misspelled limit must not become none.
 */
public final class Fields {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{0,48}");
  private static final Pattern ADDRESS = Pattern.compile("akash1[02-9ac-hj-np-z]{38}");

  /** A number with a huge exponent would fill the memory; no double has more decimals in JSON. */
  private static final int DECIMALS = 400;

  /** Above what 64 bits hold of any coin. */
  private static final BigDecimal LARGEST = BigDecimal.TEN.pow(18);

  private final Reading reading;
  private final Place place;
  private final List<String> path;
  private final Optional<JsonNode> node;

  private Fields(Reading reading, Place place, List<String> path, Optional<JsonNode> node) {
    this.reading = reading;
    this.place = place;
    this.path = path;
    this.node = node;
  }

  private enum Place {
    BODY,
    PARAMETERS
  }

  /**
   * What is known of one request so far.
   *
   * @param objects the body's objects that were looked into, and the names asked for in each
   */
  private record Reading(List<Issue> issues, Map<List<String>, Asked> objects) {
    static Reading start() {
      return new Reading(new ArrayList<>(), new LinkedHashMap<>());
    }
  }

  private record Asked(JsonNode object, Set<String> names) {
    List<String> unknown() {
      return object.propertyNames().stream().filter(name -> !names.contains(name)).toList();
    }
  }

  /** Fields of a JSON body. */
  public static Fields of(JsonNode body) {
    return ofAny(body).requireObject();
  }

  /** Fields of a body that may be any JSON value. */
  public static Fields ofAny(JsonNode body) {
    return new Fields(Reading.start(), Place.BODY, List.of(), Optional.of(body));
  }

  /** Nothing yet: for path and query parameters. */
  public static Fields ofParameters() {
    return new Fields(Reading.start(), Place.PARAMETERS, List.of(), Optional.empty());
  }

  /**
   * Refuses the request if any rule was broken, or if the body has a field that was not asked for.
   *
   * @throws Refusal 400 with every issue
   */
  public void verify() {
    List<Issue> all = new ArrayList<>(reading.issues());
    reading.objects().forEach((where, asked) -> unrecognized(where, asked).ifPresent(all::add));
    if (!all.isEmpty()) {
      throw new Refusal(new Problem.InvalidRequest(all));
    }
  }

  private static Optional<Issue> unrecognized(List<String> where, Asked asked) {
    List<String> unknown = asked.unknown();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Issue(
                "unrecognized_keys",
                where,
                "Unrecognized key(s) in object: '" + String.join("', '", unknown) + "'",
                Map.of("keys", unknown, "pointer", pointer(where))));
  }

  /** Fields that clients of the peer send and that say nothing to Berth. */
  public void ignore(String... names) {
    for (String name : names) {
      child(name);
    }
  }

  /** A required object. */
  public Fields object(String name) {
    return child(name).requireObject();
  }

  /** A required object whose members the caller holds to rules of its own. */
  public void foreignObject(String name) {
    Fields field = child(name);
    if (field.node.filter(JsonNode::isObject).isEmpty()) {
      field.invalidType("object");
    }
  }

  /** The items of a required list, which must not be empty. */
  public List<Fields> list(String name) {
    return child(name).items();
  }

  /** This value's items; it must be a list that is not empty. */
  public List<Fields> items() {
    if (node.isEmpty() || !node.get().isArray()) {
      invalidType("array");
      return List.of();
    }
    if (node.get().isEmpty()) {
      requireAnItem();
    }
    List<Fields> items = new ArrayList<>();
    for (int i = 0; i < node.get().size(); i++) {
      items.add(item(i).requireObject());
    }
    return items;
  }

  /** Whether this value is a list. */
  public boolean isList() {
    return node.map(JsonNode::isArray).orElse(false);
  }

  /** A required string. */
  public String string(String name) {
    return child(name).asString();
  }

  private String asString() {
    if (!isString()) {
      invalidType("string");
      return "";
    }
    return node.get().stringValue();
  }

  private boolean isString() {
    return node.map(JsonNode::isString).orElse(false);
  }

  /** A string of a length within bounds, in characters. */
  public String string(String name, int min, int max) {
    String value = string(name);
    Fields field = child(name);
    if (field.node.isPresent() && field.node.get().isString()) {
      if (value.length() < min) {
        field.report(
            "too_small",
            "String must contain at least " + min + " character(s)",
            Map.of("minimum", min, "type", "string", "inclusive", true, "exact", false));
      }
      if (value.length() > max) {
        field.report(
            "too_big",
            "String must contain at most " + max + " character(s)",
            Map.of("maximum", max, "type", "string", "inclusive", true, "exact", false));
      }
    }
    return value;
  }

  /** One of a few strings. */
  public String oneOf(String name, List<String> allowed) {
    return child(name).asOneOf(allowed);
  }

  private String asOneOf(List<String> allowed) {
    String value = asString();
    if (!allowed.contains(value)) {
      report(
          "invalid_enum_value",
          "Invalid enum value. Expected " + String.join(" | ", allowed),
          Map.of("options", allowed, "received", value));
    }
    return value;
  }

  /** Strings out of a few, at least one, each at most once. */
  public List<String> someOf(String name, List<String> allowed) {
    Fields field = child(name);
    if (field.node.isEmpty() || !field.node.get().isArray()) {
      field.invalidType("array");
      return allowed;
    }
    int size = field.node.get().size();
    if (size == 0) {
      field.requireAnItem();
    }
    field.requireAtMost(allowed.size(), size, "array");
    List<String> some = new ArrayList<>();
    for (int i = 0; i < Math.min(size, allowed.size()); i++) {
      String value = field.item(i).asOneOf(allowed);
      if (some.contains(value)) {
        field.item(i).report("custom", "Given twice", Map.of());
      }
      some.add(value);
    }
    return some;
  }

  /** Whether the field is there, null or not. */
  public boolean has(String name) {
    return child(name).node.isPresent();
  }

  /** Whether the field is there and not null. */
  public boolean isPresent(String name) {
    return child(name).node.filter(value -> !value.isNull()).isPresent();
  }

  /** A required number above zero and at most 10^18, exact. */
  public BigDecimal positiveNumber(String name) {
    Fields field = child(name);
    if (field.node.isEmpty() || !field.node.get().isNumber()) {
      field.invalidType("number");
      return BigDecimal.ONE;
    }
    BigDecimal value = field.node.get().decimalValue();
    if (value.signum() <= 0) {
      field.tooSmall("Number must be greater than 0");
      return BigDecimal.ONE;
    }
    if (value.compareTo(LARGEST) > 0) {
      field.report("too_big", "Number must be less than or equal to 10^18", Map.of());
      return BigDecimal.ONE;
    }
    if (value.scale() > DECIMALS) {
      field.report("custom", "Number must have at most " + DECIMALS + " decimals", Map.of());
      return BigDecimal.ONE;
    }
    return value;
  }

  /** A required whole number from 1 to 2^31 − 1. */
  public int positiveInt(String name) {
    Fields field = child(name);
    if (field.node.isEmpty() || !field.node.get().isNumber()) {
      field.invalidType("number");
      return 1;
    }
    BigDecimal value = field.node.get().decimalValue();
    if (value.signum() <= 0) {
      field.tooSmall("Number must be greater than 0");
      return 1;
    }
    return field.asInt();
  }

  private int asInt() {
    if (node.isEmpty() || !node.get().isNumber()) {
      invalidType("number");
      return 1;
    }
    try {
      return node.get().decimalValue().intValueExact();
    } catch (ArithmeticException e) {
      invalidType("integer");
      return 1;
    }
  }

  /** A required whole number within bounds. */
  public int intBetween(String name, int min, int max) {
    int value = min > 0 ? positiveInt(name) : child(name).asInt();
    if (value < min) {
      child(name)
          .report(
              "too_small",
              "Number must be greater than or equal to " + min,
              Map.of("minimum", min, "type", "number", "inclusive", true, "exact", false));
    }
    return Math.max(child(name).atMost(value, max), min);
  }

  /** A required truth value. */
  public boolean bool(String name) {
    Fields field = child(name);
    if (field.node.isEmpty() || !field.node.get().isBoolean()) {
      field.invalidType("boolean");
      return false;
    }
    return field.node.get().booleanValue();
  }

  /** Required strings by name, at most {@code most} of them. */
  public Map<String, String> strings(String name, int most) {
    Fields field = child(name);
    field.requireObject();
    Map<String, String> strings = new HashMap<>();
    for (String key : field.names()) {
      strings.put(key, field.string(key));
    }
    field.requireAtMost(most, strings.size(), "object");
    return strings;
  }

  /** A required list of addresses as {@link #address}, not empty and at most {@code most} long. */
  public List<String> addresses(String name, int most) {
    Fields field = child(name);
    if (field.node.isEmpty() || !field.node.get().isArray()) {
      field.invalidType("array");
      return List.of();
    }
    JsonNode items = field.node.get();
    field.requireAtMost(most, items.size(), "array");
    if (items.isEmpty()) {
      field.requireAnItem();
    }
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < Math.min(items.size(), most); i++) {
      addresses.add(field.item(i).asAddress());
    }
    return addresses;
  }

  /** A required dseq: a JSON number or decimal string. */
  public long dseq(String name) {
    Fields field = child(name);
    String text =
        field
            .node
            .filter(value -> value.isString() || value.isNumber())
            .map(JsonNode::asString)
            .orElse("undefined");
    return field.dseqOf(text);
  }

  /**
   * The dseq of a request that has no other field.
   *
   * @param parameter from the path or query
   * @throws Refusal 400 if it is none
   */
  public static long onlyDseq(Optional<String> parameter) {
    Fields parameters = ofParameters();
    long dseq = parameters.dseq("dseq", parameter);
    parameters.verify();
    return dseq;
  }

  /** A dseq in the path or query. */
  public long dseq(String name, Optional<String> parameter) {
    return parameter(name).dseqOf(parameter.orElse("undefined"));
  }

  /** The chain's dseq is below 2^64; SDK clients cannot carry one from 2^63 on. */
  private long dseqOf(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    if (!DECIMAL.matcher(digits).matches()) {
      report(
          "invalid_type",
          "Expected bigint, received string",
          Map.of("expected", "bigint", "received", "string"));
      return 1;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() <= 0) {
      tooSmall("Number must be greater than 0");
      return 1;
    }
    if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      report(
          "too_big",
          "Number must be less than 9223372036854775808",
          Map.of("maximum", "9223372036854775808", "type", "bigint", "inclusive", false));
      return 1;
    }
    return value.longValueExact();
  }

  /** A required bech32 address with prefix {@code akash}; its checksum is the chain's to verify. */
  public String address(String name) {
    return child(name).asAddress();
  }

  private String asAddress() {
    String value = asString();
    if (isString() && !ADDRESS.matcher(value).matches()) {
      report("custom", "Invalid address", Map.of());
    }
    return value;
  }

  /** A UUID in the path. */
  public String uuid(String name, String parameter) {
    if (!UUID.matcher(parameter).matches()) {
      parameter(name).report("invalid_string", "Invalid uuid", Map.of("validation", "uuid"));
    }
    return parameter;
  }

  /** A certificate's serial number in the path: decimal, at most 20 bytes (RFC 5280 §4.1.2.2). */
  public String serial(String name, String parameter) {
    if (!SERIAL.matcher(parameter).matches()) {
      parameter(name)
          .report("invalid_string", "Invalid serial number", Map.of("validation", "regex"));
    }
    return parameter;
  }

  /** A whole number in the query. */
  public Optional<Integer> queryInt(String name, Optional<String> parameter, int min) {
    return parameter.map(
        text -> {
          Fields field = parameter(name);
          try {
            int value = Integer.parseInt(text);
            if (value < min) {
              field.report(
                  "too_small",
                  "Number must be greater than or equal to " + min,
                  Map.of("minimum", min, "type", "number", "inclusive", true, "exact", false));
            }
            return Math.max(value, min);
          } catch (NumberFormatException e) {
            field.report(
                "invalid_type",
                "Expected number, received string",
                Map.of("expected", "number", "received", "string"));
            return min;
          }
        });
  }

  /** A whole number in the query, within bounds. */
  public Optional<Integer> queryInt(String name, Optional<String> parameter, int min, int max) {
    return queryInt(name, parameter, min)
        .map(
            value -> {
              Fields field = parameter(name);
              return field.atMost(value, max);
            });
  }

  private int atMost(int value, int max) {
    if (value > max) {
      report(
          "too_big",
          "Number must be less than or equal to " + max,
          Map.of("maximum", max, "type", "number", "inclusive", true, "exact", false));
    }
    return Math.min(value, max);
  }

  /** A parameter that must be in the query. */
  public String requiredQuery(String name, Optional<String> parameter) {
    if (parameter.isEmpty()) {
      parameter(name)
          .report(
              "invalid_type", "Required", Map.of("expected", "string", "received", "undefined"));
    }
    return parameter.orElse("");
  }

  /** An address in the query, as {@link #address}. */
  public Optional<String> queryAddress(String name, Optional<String> parameter) {
    if (parameter.filter(text -> !ADDRESS.matcher(text).matches()).isPresent()) {
      rejectQuery(name, "Invalid address");
    }
    return parameter;
  }

  /** One of a few words in the query. */
  public Optional<String> queryOneOf(
      String name, Optional<String> parameter, List<String> allowed) {
    if (parameter.filter(text -> !allowed.contains(text)).isPresent()) {
      parameter(name)
          .report(
              "invalid_enum_value",
              "Invalid enum value. Expected " + String.join(" | ", allowed),
              Map.of("options", allowed, "received", parameter.get()));
    }
    return parameter.filter(allowed::contains);
  }

  /** Reports a rule of the caller's own about a parameter. */
  public void rejectQuery(String name, String message) {
    parameter(name).report("custom", message, Map.of());
  }

  /** A time in the future, if the field is there and not null. */
  public Optional<Instant> optionalFuture(String name, Instant now) {
    if (!isPresent(name)) {
      return Optional.empty();
    }
    Fields field = child(name);
    try {
      Instant value = Instant.parse(string(name));
      if (!value.isAfter(now)) {
        field.report("custom", "Expiration date must be in the future", Map.of());
      }
      return Optional.of(value);
    } catch (DateTimeParseException e) {
      field.report("invalid_string", "Invalid datetime", Map.of("validation", "datetime"));
      return Optional.empty();
    }
  }

  /** Reports a rule of the caller's own about a field. */
  public void reject(String name, String message) {
    child(name).report("custom", message, Map.of());
  }

  private Fields child(String name) {
    Optional<JsonNode> object = node.filter(JsonNode::isObject);
    object.ifPresent(value -> asked(value).add(name));
    return new Fields(reading, place, append(name), object.map(value -> value.get(name)));
  }

  private Set<String> asked(JsonNode object) {
    return reading.objects().computeIfAbsent(path, _ -> new Asked(object, new HashSet<>())).names();
  }

  private Fields item(int index) {
    return new Fields(
        reading, place, append(Integer.toString(index)), node.map(value -> value.get(index)));
  }

  private Fields parameter(String name) {
    return new Fields(reading, Place.PARAMETERS, append(name), Optional.empty());
  }

  private List<String> names() {
    return node.filter(JsonNode::isObject)
        .map(value -> List.copyOf(value.propertyNames()))
        .orElse(List.of());
  }

  private void requireAnItem() {
    report(
        "too_small",
        "Array must contain at least 1 element(s)",
        Map.of("minimum", 1, "type", "array", "inclusive", true, "exact", false));
  }

  private void requireAtMost(int most, int size, String type) {
    if (size > most) {
      report(
          "too_big",
          "Must contain at most " + most + " element(s)",
          Map.of("maximum", most, "type", type, "inclusive", true, "exact", false));
    }
  }

  private Fields requireObject() {
    node.filter(JsonNode::isObject).ifPresentOrElse(this::asked, () -> invalidType("object"));
    return this;
  }

  private List<String> append(String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private void tooSmall(String message) {
    report(
        "too_small",
        message,
        Map.of("minimum", 0, "type", "number", "inclusive", false, "exact", false));
  }

  private void invalidType(String expected) {
    String received = node.map(Fields::typeName).orElse("undefined");
    String message =
        received.equals("undefined")
            ? "Required"
            : "Expected " + expected + ", received " + received;
    report("invalid_type", message, Map.of("expected", expected, "received", received));
  }

  private static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> "number";
      case STRING -> "string";
      default -> "object";
    };
  }

  /** Fields inside a value that is itself wrong are not reported again. */
  private void report(String code, String message, Map<String, Object> details) {
    boolean covered =
        reading.issues().stream()
            .anyMatch(
                issue ->
                    issue.path().size() <= path.size()
                        && issue.path().equals(path.subList(0, issue.path().size())));
    if (!covered) {
      Map<String, Object> more = new HashMap<>(details);
      if (place == Place.BODY) {
        more.put("pointer", pointer(path));
      }
      reading.issues().add(new Issue(code, path, message, more));
    }
  }

  /** RFC 6901. */
  private static String pointer(List<String> path) {
    return path.stream()
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
