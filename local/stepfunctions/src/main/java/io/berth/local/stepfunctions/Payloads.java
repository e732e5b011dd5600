package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.ErrorNames;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** The quota on what states and tasks take and give. */
final class Payloads {
  /** 256 KiB. */
  static final int MOST_BYTES = 256 * 1024;

  private Payloads() {}

  /**
   * The value, if it is within the quota.
   *
   * @throws StateFault {@code States.DataLimitExceeded} if it is not
   */
  static JsonNode limited(JsonNode value, String what) {
    if (value.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new StateFault(
          ErrorNames.DATA_LIMIT_EXCEEDED, what + " of more than " + MOST_BYTES + " bytes");
    }
    return value;
  }
}
