package io.berth.local.stepfunctions.asl;

import java.util.Set;

/** Why a field that no state takes is not taken. */
final class Unsupported {
  private static final Set<String> JSON_PATH =
      Set.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "ResultSelector",
          "Parameters",
          "ItemsPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "SecondsPath",
          "TimestampPath",
          "MaxConcurrencyPath",
          "ErrorPath",
          "CausePath",
          "Variable",
          "Result");

  private static final Set<String> DISTRIBUTED =
      Set.of(
          "ItemReader",
          "ItemBatcher",
          "ResultWriter",
          "Label",
          "ToleratedFailureCount",
          "ToleratedFailureCountPath",
          "ToleratedFailurePercentage",
          "ToleratedFailurePercentagePath");

  private Unsupported() {}

  static String reason(String field) {
    if (JSON_PATH.contains(field)) {
      return field + " is a field of JSONPath; here states are in JSONata";
    }
    if (DISTRIBUTED.contains(field)) {
      return field + " is a field of a distributed Map, which cannot run here";
    }
    return switch (field) {
      case "Iterator" -> "Iterator is the old name of ItemProcessor";
      case "Credentials" -> "Credentials of another account cannot be used here";
      default -> "the field " + field + " is not known here";
    };
  }
}
