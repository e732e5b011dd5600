package io.berth.local.stepfunctions.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluatorTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.456Z");

  private final Evaluator evaluator = new Evaluator(InstantSource.fixed(NOW), new Random(7));

  private static final JsonNode STATES =
      JSON.readTree(
          """
          {"input": {"dseq": "42", "price": 1.5, "none": null, "empty": [],
            "bids": [{"provider": "alder", "price": 3}, {"provider": "birch", "price": 2}]},
           "context": {"Execution": {"Name": "op-1"}}}
          """);

  private static final Map<String, JsonNode> VARIABLES =
      Map.of(
          "limit", JSON.readTree("3"),
          "list", JSON.readTree("[[1], [2, null]]"),
          "nothing", JSON.readTree("null"));

  private String value(String definition) {
    return evaluator
        .evaluate(Query.read(JSON.readTree(definition)), "Output", VARIABLES, STATES)
        .toString();
  }

  private String expression(String source) {
    return evaluator
        .evaluate(
            Query.read(JSON.getNodeFactory().stringNode("{% " + source + " %}")),
            "Output",
            VARIABLES,
            STATES)
        .toString();
  }

  @Test
  void leavesAValueWithoutExpressionsAsItIs() {
    assertThat(value("{\"a\": [1, \"$states.input\", null, true]}"))
        .isEqualTo("{\"a\":[1,\"$states.input\",null,true]}");
  }

  @Test
  void evaluatesEveryStringInsideAnObjectOrAnArray() {
    assertThat(
            value(
                "{\"id\": \"{% $states.input.dseq %}\", \"deep\": [{\"name\":"
                    + " \"{% $states.context.Execution.Name %}\"}, \"as it is\"]}"))
        .isEqualTo("{\"id\":\"42\",\"deep\":[{\"name\":\"op-1\"},\"as it is\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$states.input.bids[price < $limit].provider | \"birch\"",
        "$states.input.bids.provider | [\"alder\",\"birch\"]",
        "$list | [[1],[2,null]]",
        "$states.input.none | null",
        "null | null",
        "$nothing | null",
        "[$nothing, {'a': $nothing}] | [null,{\"a\":null}]",
        "$exists($nothing) | true",
        "$nothing = null | true",
        "$states.input.empty | []",
        "{'a': $states.input.absent} | {}",
        "6 / 2 | 3",
        "$states.input.price * 3 | 4.5",
        "$sum($states.input.bids.price) = 5 | true",
        "( $x := 2; $x * $limit ) | 6",
        "$min([3, 1, 2]) | 1",
      })
  void evaluatesJsonata(String source, String result) {
    assertThat(expression(source)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$partition([1,2,3,4,5], 2) | [[1,2],[3,4],[5]]",
        "$range(0, 10, 5) | [0,5,10]",
        "$range(3, 1, -1) | [3,2,1]",
        "$range(1, 0, 1) | []",
        "$parse('{\"a\":[1,null]}') | {\"a\":[1,null]}",
        "$parse('null') | null",
        "$parse('{\"a\":null}').a | null",
        "$now() | \"2026-03-01T10:20:30.456Z\"",
        "$now('[Y0001]-[M01]') | \"2026-03\"",
        "$millis() | 1772360430456",
        "$random(7) = $random(7) | true",
        "$random() = $random() | false",
        "$random() < 1 | true",
        "$length($uuid()) | 36",
        "$uuid() = $uuid() | false",
      })
  void hasTheFunctionsThatStepFunctionsAdds(String source, String result) {
    assertThat(expression(source)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, 900150983cd24fb0d6963f7d28e17f72",
    "SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  })
  void hashesInHex(String algorithm, String digest) {
    assertThat(expression("$hash('abc', '" + algorithm + "')")).isEqualTo('"' + digest + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$hash('abc', 'CRC32')",
        "$range(0, 1000, 1)",
        "$range(0, 1, 0)",
        "$partition([1], 0)",
        "$parse('{')",
        "$eval('1+1')",
        "$nothingOfThatName(1)",
        "1 + 'a'",
        "1 / 0",
        "$error('stopped')",
        "function($x) { $x }",
        "( $f := function($n) { $f($n + 1) + 1 }; $f(0) )",
      })
  void failsWithTheExpressionAndItsField(String source) {
    assertThatThrownBy(() -> expression(source))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining(source)
        .hasMessageContaining("'Output'");
  }

  @Test
  void anUndefinedResultIsAFailureThatNamesThePlace() {
    assertThatThrownBy(() -> value("{\"a\": [\"{% $states.input.absent %}\"]}"))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "The JSONata expression '$states.input.absent' specified for the field 'Output/a[0]'"
                + " returned nothing (undefined).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{% 1 + %}", "{% 1", "1 %}", "{%}", "{% 1) + (2 %}", " {% 1 %} x%}"})
  void refusesWhatIsNoExpression(String text) {
    JsonNode node = JSON.getNodeFactory().stringNode(text);
    assertThatThrownBy(() -> Query.read(node)).isInstanceOf(QueryException.class);
  }
}
