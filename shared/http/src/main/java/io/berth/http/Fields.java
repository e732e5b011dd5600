package io.berth.http;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request's fields and gathers every broken rule on the way; {@link #verify()} refuses them
 * all at once. A value that breaks a rule reads as a harmless stand-in until then.
 */
public final class Fields {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern ADDRESS = Pattern.compile("akash1[02-9ac-hj-np-z]{38}");
  private final List<Issue> issues;
  private final List<String> path;
  private final Optional<JsonNode> node;

  private Fields(List<Issue> issues, List<String> path, Optional<JsonNode> node) {
    this.issues = issues;
    this.path = path;
    this.node = node;
  }

  /** Fields of a JSON body. */
  public static Fields of(JsonNode body) {
    return new Fields(new ArrayList<>(), List.of(), Optional.of(body)).requireObject();
  }

  /** Fields of a body that may be any JSON value. */
  public static Fields ofAny(JsonNode body) {
    return new Fields(new ArrayList<>(), List.of(), Optional.of(body));
  }

  /** Nothing yet: for path and query parameters. */
  public static Fields ofParameters() {
    return new Fields(new ArrayList<>(), List.of(), Optional.empty());
  }

  /**
   * Refuses the request if any rule was broken.
   *
   * @throws Refusal 400 with every issue
   */
  public void verify() {
    if (!issues.isEmpty()) {
      throw new Refusal(new Problem.InvalidRequest(issues));
    }
  }

  /** A required object. */
  public Fields object(String name) {
    return child(name).requireObject();
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
    String value = string(name);
    if (!allowed.contains(value)) {
      child(name)
          .report(
              "invalid_enum_value",
              "Invalid enum value. Expected " + String.join(" | ", allowed),
              Map.of("options", allowed, "received", value));
    }
    return value;
  }

  /** Whether the field is there and not null. */
  public boolean isPresent(String name) {
    return child(name).node.filter(value -> !value.isNull()).isPresent();
  }

  /** A required number above zero, exact. */
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
    try {
      return value.intValueExact();
    } catch (ArithmeticException e) {
      field.invalidType("integer");
      return 1;
    }
  }

  /** A required whole number within bounds. */
  public int intBetween(String name, int min, int max) {
    int value = positiveInt(name);
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

  /** Reports every field that is not among the known ones. */
  public void onlyKnown(Set<String> known) {
    List<String> unknown = names().stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      report(
          "unrecognized_keys",
          "Unrecognized key(s) in object: '" + String.join("', '", unknown) + "'",
          Map.of("keys", unknown));
    }
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
    return new Fields(issues, append(name), Optional.empty()).dseqOf(parameter.orElse("undefined"));
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
      new Fields(issues, append(name), Optional.empty())
          .report("invalid_string", "Invalid uuid", Map.of("validation", "uuid"));
    }
    return parameter;
  }

  /** A whole number in the query. */
  public Optional<Integer> queryInt(String name, Optional<String> parameter, int min) {
    return parameter.map(
        text -> {
          Fields field = new Fields(issues, append(name), Optional.empty());
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
              Fields field = new Fields(issues, append(name), Optional.empty());
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
    return new Fields(
        issues,
        append(name),
        node.filter(JsonNode::isObject).flatMap(value -> Optional.ofNullable(value.get(name))));
  }

  private Fields item(int index) {
    return new Fields(issues, append(Integer.toString(index)), node.map(value -> value.get(index)));
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
    if (node.isEmpty() || !node.get().isObject()) {
      invalidType("object");
    }
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
        issues.stream()
            .anyMatch(
                issue ->
                    issue.path().size() <= path.size()
                        && issue.path().equals(path.subList(0, issue.path().size())));
    if (!covered) {
      issues.add(new Issue(code, path, message, new HashMap<>(details)));
    }
  }
}
