package io.berth.functions.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.bidding.BidSelection;
import io.berth.domain.bidding.BidSelection.Strategy;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.http.Fields;
import io.berth.http.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BidSelectionFieldsTest {
  private static final String ONE = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final String OTHER = "akash1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

  private static Fields data(String selection) {
    return Fields.of(Json.MAPPER.readTree("{\"bidSelection\":" + selection + "}"));
  }

  private static Optional<BidSelection> read(String selection) {
    Fields data = data(selection);
    Optional<BidSelection> read = BidSelectionFields.read(data);
    data.verify();
    return read;
  }

  private static List<String> problems(String selection) {
    try {
      Optional<BidSelection> _ = read(selection);
      return List.of();
    } catch (Refusal refusal) {
      return ((Problem.InvalidRequest) refusal.problem())
          .issues().stream()
              .map(issue -> String.join(".", issue.path()) + ": " + issue.message())
              .toList();
    }
  }

  @Test
  void leavesTheChoiceToTheOwnerWithoutRules() {
    assertThat(BidSelectionFields.read(Fields.of(Json.MAPPER.readTree("{}")))).isEmpty();
    assertThat(read("null")).isEmpty();
  }

  @Test
  void readsEveryRule() {
    assertThat(
            read(
                """
                {"strategy": "cheapest", "maxPricePerBlock": 12.000000000000000001,
                 "providers": ["%s"], "excludeProviders": ["%s"],
                 "attributes": {"region": "eu-west", "tier": ""}, "audited": true,
                 "minBids": 20, "waitSeconds": 240}"""
                    .formatted(ONE, OTHER)))
        .contains(
            new BidSelection(
                Strategy.CHEAPEST,
                Optional.of(new BigDecimal("12.000000000000000001")),
                Set.of(ONE),
                Set.of(OTHER),
                Map.of("region", "eu-west", "tier", ""),
                true,
                20,
                Duration.ofMinutes(4)));
  }

  @ParameterizedTest
  @CsvSource({"cheapest,CHEAPEST,3", "first,FIRST,1"})
  void leavesOutWhatIsNotAskedFor(String name, Strategy strategy, int minBids) {
    assertThat(read("{\"strategy\":\"" + name + "\",\"maxPricePerBlock\":null}"))
        .contains(
            new BidSelection(
                strategy,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of(),
                false,
                minBids,
                Duration.ofSeconds(60)));
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThat(
            problems(
                """
                {"maxPricePerBlock": 0, "providers": "all", "excludeProviders": ["%s", "akash1x", 7],
                 "attributes": {"region": 1}, "audited": "yes", "minBids": 0, "waitSeconds": 1.5}"""
                    .formatted(ONE)))
        .containsExactlyInAnyOrder(
            "bidSelection.strategy: Required",
            "bidSelection.maxPricePerBlock: Number must be greater than 0",
            "bidSelection.providers: Expected array, received string",
            "bidSelection.excludeProviders.1: Invalid address",
            "bidSelection.excludeProviders.2: Expected string, received number",
            "bidSelection.attributes.region: Expected string, received number",
            "bidSelection.audited: Expected boolean, received string",
            "bidSelection.minBids: Number must be greater than 0",
            "bidSelection.waitSeconds: Expected integer, received number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "\"cheapest\"", "true"})
  void refusesRulesThatAreNoObject(String selection) {
    assertThat(problems(selection)).singleElement().asString().startsWith("bidSelection: Expected");
  }

  @Test
  void refusesAFieldItDoesNotKnowSoThatAMisspelledLimitIsNotLost() {
    assertThat(problems("{\"strategy\":\"first\",\"maxPrice\":5}"))
        .containsExactly("bidSelection: Unrecognized key(s) in object: 'maxPrice'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"minBids\":21|minBids: Number must be less than or equal to 20",
        "\"waitSeconds\":241|waitSeconds: Number must be less than or equal to 240",
        "\"waitSeconds\":1e99|waitSeconds: Expected integer, received number",
        "\"maxPricePerBlock\":1e19|maxPricePerBlock: Number must be less than or equal to 10^18",
        "\"maxPricePerBlock\":1e-19|maxPricePerBlock: Number must have at most 18 decimals",
        "\"providers\":[]|providers: Array must contain at least 1 element(s)",
        "\"attributes\":[]|attributes: Expected object, received array",
      })
  void keepsEveryNumberWithinItsBounds(String rule, String problem) {
    assertThat(problems("{\"strategy\":\"cheapest\"," + rule + "}"))
        .containsExactly("bidSelection." + problem);
  }

  @Test
  void boundsItsLists() {
    String hundred = String.join(",", Collections.nCopies(100, "\"" + ONE + "\""));

    assertThat(problems("{\"strategy\":\"first\",\"providers\":[" + hundred + "]}")).isEmpty();
    assertThat(problems("{\"strategy\":\"first\",\"providers\":[" + hundred + ",\"" + ONE + "\"]}"))
        .containsExactly("bidSelection.providers: Must contain at most 100 element(s)");
  }

  @Test
  void boundsItsAttributes() {
    assertThat(problems(attributes(50))).isEmpty();
    assertThat(problems(attributes(51)))
        .containsExactly("bidSelection.attributes: Must contain at most 50 element(s)");
  }

  private static String attributes(int count) {
    StringBuilder json = new StringBuilder("{\"strategy\":\"first\",\"attributes\":{\"k0\":\"\"");
    for (int i = 1; i < count; i++) {
      json.append(",\"k").append(i).append("\":\"\"");
    }
    return json.append("}}").toString();
  }

  @Test
  void refusesRulesThatNoBidCouldMeet() {
    assertThat(
            problems(
                "{\"strategy\":\"first\",\"providers\":[\"%s\"],\"excludeProviders\":[\"%s\"]}"
                    .formatted(ONE, ONE)))
        .containsExactly("bidSelection.excludeProviders: Excludes every one of providers");
  }

  @Test
  void refusesToWaitForMoreThanTheFirst() {
    assertThat(problems("{\"strategy\":\"first\",\"minBids\":2}"))
        .containsExactly(
            "bidSelection.minBids: Strategy first takes one bid; it waits for no more");
  }
}
