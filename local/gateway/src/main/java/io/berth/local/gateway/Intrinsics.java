package io.berth.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Evaluates CloudFormation's intrinsic functions against one template and one set of inputs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html">the
 *     functions</a>
 */
final class Intrinsics {
  /** What {@code !Ref AWS::NoValue} gives: the property is as if it were not written. */
  static final Object NO_VALUE = new Object();

  private static final String ALIAS = ".Alias";

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, Object> document;
  private final TemplateInputs inputs;
  private final Map<String, Object> parameters;

  Intrinsics(Map<String, Object> document, TemplateInputs inputs) {
    this.document = document;
    this.inputs = inputs;
    this.parameters = parameters();
  }

  private Map<String, Object> parameters() {
    var declared = section("Parameters");
    for (var given : inputs.parameters().keySet()) {
      if (!declared.containsKey(given)) {
        throw new TemplateException("Parameters." + given, "a value is given, but not declared");
      }
    }
    var values = new LinkedHashMap<String, Object>();
    declared.forEach(
        (name, declaration) -> {
          var parameter = mapping(declaration, "Parameters." + name);
          var value =
              inputs.parameters().containsKey(name)
                  ? inputs.parameters().get(name)
                  : parameter.get("Default");
          if (value != null) {
            values.put(name, typed(value.toString(), String.valueOf(parameter.get("Type"))));
          }
        });
    return values;
  }

  private static Object typed(String value, String type) {
    if (!type.equals("CommaDelimitedList") && !type.startsWith("List<")) {
      return value;
    }
    return Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toList());
  }

  /** Evaluates everything in a value, however deep; {@code path} is for messages. */
  Object resolve(Object raw, String path) {
    var call = Plain.call(raw);
    if (call.isPresent()) {
      return evaluate(call.get().function(), call.get().argument(), path);
    }
    return switch (raw) {
      case Map<?, ?> map -> resolveEntries(map, path);
      case List<?> list -> resolveItems(list, path);
      default -> raw;
    };
  }

  private Map<String, Object> resolveEntries(Map<?, ?> map, String path) {
    var resolved = new LinkedHashMap<String, Object>();
    map.forEach(
        (key, value) -> {
          var result = resolve(value, path + "." + key);
          if (!result.equals(NO_VALUE)) {
            resolved.put(key.toString(), result);
          }
        });
    return resolved;
  }

  private List<Object> resolveItems(List<?> list, String path) {
    var resolved = new ArrayList<Object>();
    for (int i = 0; i < list.size(); i++) {
      var result = resolve(list.get(i), path + "[" + i + "]");
      if (!result.equals(NO_VALUE)) {
        resolved.add(result);
      }
    }
    return resolved;
  }

  private Object evaluate(String function, Object argument, String path) {
    return switch (function) {
      case "Ref" -> ref(text(argument, path), path);
      case "Fn::GetAtt" -> getAtt(argument, path);
      case "Fn::Sub" -> sub(argument, path);
      case "Fn::Join" -> join(arguments(function, argument, 2, path), path);
      case "Fn::Split" -> split(arguments(function, argument, 2, path), path);
      case "Fn::Select" -> select(arguments(function, argument, 2, path), path);
      case "Fn::FindInMap" -> findInMap(arguments(function, argument, 3, path), path);
      case "Fn::Base64" -> base64(text(resolve(argument, path), path));
      case "Fn::If" -> choose(arguments(function, argument, 3, path), path);
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" -> test(function, argument, path);
      default -> throw new TemplateException(path, function + " is not supported locally");
    };
  }

  private Object ref(String name, String path) {
    if (name.startsWith("AWS::")) {
      return pseudoParameter(name, path);
    }
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    if (section("Parameters").containsKey(name)) {
      throw new TemplateException(path, "the parameter " + name + " has no default and no value");
    }
    if (inputs.resources().containsKey(name)) {
      return inputs.resources().get(name);
    }
    if (name.endsWith(ALIAS)) {
      return aliasArn(name.substring(0, name.length() - ALIAS.length()), path);
    }
    return stateMachineArn(name)
        .or(() -> resourceName(name))
        .orElseThrow(() -> unknown("Ref " + name, name, path));
  }

  /** SAM's name for the alias that {@code AutoPublishAlias} makes; its {@code Ref} is its ARN. */
  private String aliasArn(String function, String path) {
    return attribute(function + ".Arn", path) + ":" + LambdaFunction.ALIAS;
  }

  private Object pseudoParameter(String name, String path) {
    return switch (name) {
      case "AWS::Region" -> inputs.region();
      case "AWS::AccountId" -> inputs.accountId();
      case "AWS::StackName" -> inputs.stackName();
      case "AWS::StackId" ->
          arn(
              "cloudformation",
              "stack/" + inputs.stackName() + "/00000000-0000-0000-0000-000000000000");
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::NoValue" -> NO_VALUE;
      default -> throw new TemplateException(path, name + " is not supported locally");
    };
  }

  private String getAtt(Object argument, String path) {
    var target =
        argument instanceof List<?> parts
            ? parts.stream()
                .map(part -> text(resolve(part, path), path))
                .collect(Collectors.joining("."))
            : text(argument, path);
    return attribute(target, path);
  }

  private String attribute(String target, String path) {
    if (inputs.resources().containsKey(target)) {
      return inputs.resources().get(target);
    }
    var dot = target.indexOf('.');
    if (dot < 0) {
      throw new TemplateException(path, "Fn::GetAtt needs Resource.Attribute, not " + target);
    }
    var logicalId = target.substring(0, dot);
    var known =
        switch (type(logicalId) + target.substring(dot)) {
          case "AWS::Serverless::Function.Arn" ->
              resourceName(logicalId).map(name -> arn("lambda", "function:" + name));
          case "AWS::DynamoDB::Table.Arn" ->
              resourceName(logicalId).map(name -> arn("dynamodb", "table/" + name));
          case "AWS::Serverless::StateMachine.Arn" -> stateMachineArn(logicalId);
          case "AWS::Serverless::StateMachine.Name" -> stateMachineName(logicalId);
          case "AWS::Serverless::Api.Stage" ->
              Optional.of(text(property(logicalId, "StageName").orElse(""), path));
          default -> Optional.<String>empty();
        };
    return known.orElseThrow(() -> unknown("Fn::GetAtt " + target, logicalId, path));
  }

  String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, inputs.region(), inputs.accountId(), resource);
  }

  private Optional<String> stateMachineName(String logicalId) {
    return type(logicalId).equals("AWS::Serverless::StateMachine")
        ? Optional.of(property(logicalId, "Name").map(Object::toString).orElse(logicalId))
        : Optional.empty();
  }

  /** A state machine's {@code Ref} is its ARN. */
  private Optional<String> stateMachineArn(String logicalId) {
    return stateMachineName(logicalId).map(name -> arn("states", "stateMachine:" + name));
  }

  /** What {@code Ref} gives for the other resources this package runs or describes itself. */
  private Optional<String> resourceName(String logicalId) {
    var property =
        switch (type(logicalId)) {
          case "AWS::Serverless::Function" -> "FunctionName";
          case "AWS::DynamoDB::Table" -> "TableName";
          case "AWS::Serverless::Api" -> "";
          default -> null;
        };
    return Optional.ofNullable(property)
        .map(name -> property(logicalId, name).map(Object::toString).orElse(logicalId));
  }

  private Optional<Object> property(String logicalId, String name) {
    var path = "Resources." + logicalId + ".Properties";
    var resource = mapping(section("Resources").get(logicalId), "Resources." + logicalId);
    return Optional.ofNullable(resource.get("Properties"))
        .map(properties -> mapping(properties, path).get(name))
        .map(raw -> resolve(raw, path + "." + name));
  }

  private String type(String logicalId) {
    var resource = section("Resources").get(logicalId);
    return resource == null
        ? ""
        : String.valueOf(mapping(resource, "Resources." + logicalId).get("Type"));
  }

  private TemplateException unknown(String reference, String logicalId, String path) {
    var type = type(logicalId);
    return type.isEmpty()
        ? new TemplateException(path, reference + " names nothing in this template")
        : new TemplateException(
            path, reference + " (" + type + ") has no local value: none is given");
  }

  private String sub(Object argument, String path) {
    if (argument instanceof List<?> list) {
      var arguments = arguments("Fn::Sub", list, 2, path);
      return substitute(text(arguments.get(0), path), mapping(arguments.get(1), path), path);
    }
    return substitute(text(argument, path), Map.of(), path);
  }

  private String substitute(String template, Map<String, Object> variables, String path) {
    return SUBSTITUTION
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1), variables, path)));
  }

  private String variable(String name, Map<String, Object> variables, String path) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    if (variables.containsKey(name)) {
      return text(resolve(variables.get(name), path), path);
    }
    return name.contains(".") ? attribute(name, path) : text(ref(name, path), path);
  }

  private String join(List<?> arguments, String path) {
    var items = list(resolve(arguments.get(1), path), path);
    return items.stream()
        .map(item -> text(item, path))
        .collect(Collectors.joining(text(arguments.get(0), path)));
  }

  private List<String> split(List<?> arguments, String path) {
    var delimiter = Pattern.quote(text(arguments.get(0), path));
    return List.of(text(resolve(arguments.get(1), path), path).split(delimiter, -1));
  }

  private Object select(List<?> arguments, String path) {
    var index = text(resolve(arguments.get(0), path), path);
    var items = list(resolve(arguments.get(1), path), path);
    try {
      return items.get(Integer.parseInt(index));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new TemplateException(path, "Fn::Select has no item " + index + " of " + items.size());
    }
  }

  private Object findInMap(List<?> arguments, String path) {
    Object found = document.getOrDefault("Mappings", Map.of());
    var place = new StringBuilder("Mappings");
    for (var argument : arguments) {
      var key = text(resolve(argument, path), path);
      found = mapping(found, place.toString()).get(key);
      place.append('.').append(key);
      if (found == null) {
        throw new TemplateException(path, place + " does not exist");
      }
    }
    return found;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Object choose(List<?> arguments, String path) {
    var chosen = condition(text(arguments.get(0), path), path) ? 1 : 2;
    return resolve(arguments.get(chosen), path);
  }

  /** Whether a condition of the template's Conditions section holds. */
  boolean condition(String name, String path) {
    var condition = section("Conditions").get(name);
    if (condition == null) {
      throw new TemplateException(path, "there is no condition " + name);
    }
    return holds(condition, "Conditions." + name);
  }

  private boolean holds(Object condition, String path) {
    if (condition instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("Condition")) {
      return condition(text(map.get("Condition"), path), path);
    }
    var call =
        Plain.call(condition)
            .orElseThrow(() -> new TemplateException(path, "must be a condition function"));
    return test(call.function(), call.argument(), path);
  }

  private boolean test(String function, Object argument, String path) {
    var operands = list(argument, path);
    return switch (function) {
      case "Fn::Equals" -> {
        var sides = arguments(function, operands, 2, path);
        yield text(resolve(sides.get(0), path), path)
            .equals(text(resolve(sides.get(1), path), path));
      }
      case "Fn::And" -> operands.stream().allMatch(operand -> holds(operand, path));
      case "Fn::Or" -> operands.stream().anyMatch(operand -> holds(operand, path));
      case "Fn::Not" -> !holds(arguments(function, operands, 1, path).getFirst(), path);
      default -> throw new TemplateException(path, function + " is not a condition function");
    };
  }

  private Map<String, Object> section(String name) {
    return mapping(document.getOrDefault(name, Map.of()), name);
  }

  private static Map<String, Object> mapping(Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException(path, "must be a mapping");
    }
    return Plain.map(map);
  }

  private static List<?> list(Object value, String path) {
    if (!(value instanceof List<?> list)) {
      throw new TemplateException(path, "must be a list");
    }
    return list;
  }

  private static List<?> arguments(String function, Object value, int count, String path) {
    var arguments = list(value, path);
    if (arguments.size() != count) {
      throw new TemplateException(path, function + " takes " + count + " arguments");
    }
    return arguments;
  }

  private static String text(Object value, String path) {
    return switch (value) {
      case String text -> text;
      case Long number -> number.toString();
      case Double number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> throw new TemplateException(path, "must be a string");
    };
  }
}
