package io.berth.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.Policy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PolicyTest {
  private static final String ARN = "arn:aws:execute-api:us-east-1:000000000000:Api/v/GET/v1/bids";

  private static Decision decide(String statements) {
    return Policy.parse(JsonMapper.shared().readTree("{\"Statement\":" + statements + "}"))
        .orElseThrow()
        .decide(ARN);
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(effect, action, resource);
  }

  @ParameterizedTest
  @CsvSource({
    "execute-api:Invoke, *, ALLOWED",
    "execute-api:*, arn:aws:execute-api:*:*:Api/*/GET/*, ALLOWED",
    "EXECUTE-API:invoke, arn:aws:execute-api:us-east-?:000000000000:Api/v/GET/v1/bids, ALLOWED",
    "*, arn:aws:execute-api:us-east-1:000000000000:Api/v/*/v1/bids, ALLOWED",
    "execute-api:Invoke, arn:aws:execute-api:us-east-1:000000000000:Api/v/POST/*, DENIED",
    "execute-api:Invoke, arn:aws:execute-api:us-east-1:000000000000:Api/v/GET/v1, DENIED",
    "execute-api:Invoke, arn.aws.execute-api*, DENIED",
    "execute-api:InvalidateCache, *, DENIED",
  })
  void wildcardsMatchActionsAndResources(String action, String resource, Decision decision) {
    assertThat(decide(statement("Allow", action, resource))).isEqualTo(decision);
  }

  @Test
  void aDenyBeatsEveryAllow() {
    var both =
        "[%s,%s]"
            .formatted(
                statement("Allow", "execute-api:Invoke", "*"),
                statement("Deny", "execute-api:Invoke", ARN));
    assertThat(decide(both)).isEqualTo(Decision.EXPLICITLY_DENIED);
  }

  @Test
  void noStatementAllowsNothing() {
    assertThat(decide("[]")).isEqualTo(Decision.DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"Statement\":{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"NotAction\":\"*\",\"Resource\":\"*\"}}",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
            + "\"Condition\":{\"Bool\":{\"a\":\"true\"}}}}",
      })
  void whatIsNoPolicyHereIsNotTakenForOne(String document) {
    assertThat(Policy.parse(JsonMapper.shared().readTree(document))).isEmpty();
  }
}
