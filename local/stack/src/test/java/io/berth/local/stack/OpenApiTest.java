package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.ApiClient.Exchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The watch over answers sees what is not documented. */
class OpenApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> HEADERS = Map.of("x-request-id", "r-1");

  private static ObjectNode example() {
    ObjectNode body = JSON.createObjectNode();
    String documented =
        "/paths/~1v1~1users~1api-keys~1{id}/get/responses/200/content/application~1json/example/data";
    body.set("data", OpenApi.ours().document().at(documented).deepCopy());
    return body;
  }

  private static void hold(int status, ObjectNode body, Map<String, String> headers) {
    OpenApi.ours()
        .hold(
            new Exchange(
                "GET",
                "/v1/users/api-keys/2b8a5c1e-93a4-4a4e-8a0d-6e1f5a7c9d20?x=1",
                new Answer(status, body, headers)));
  }

  @Test
  void takesWhatIsDocumented() {
    assertThatCode(() -> hold(200, example(), HEADERS)).doesNotThrowAnyException();
  }

  @Test
  void seesAMemberThatNobodyDocumented() {
    ObjectNode body = example();
    ((ObjectNode) body.get("data")).put("hashedKey", "0a");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> hold(200, body, HEADERS))
        .withMessageContaining("hashedKey");
  }

  @Test
  void seesAMissingMemberAndAWrongType() {
    ObjectNode missing = example();
    ((ObjectNode) missing.get("data")).remove("keyFormat");
    ObjectNode wrong = example();
    ((ObjectNode) wrong.get("data")).put("name", 1);

    for (ObjectNode body : List.of(missing, wrong)) {
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> hold(200, body, HEADERS));
    }
  }

  @Test
  void seesAStatusThatNobodyDocumented() {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> hold(203, example(), HEADERS));
  }

  @Test
  void seesAnAnswerWithoutTheRequestsId() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> hold(200, example(), new HashMap<>()));
  }

  @Test
  void aFixedPathIsNotTakenForAParameter() {
    assertThat(OpenApi.ours().operation("GET", "/v1/bids?dseq=1").orElseThrow().path())
        .isEqualTo("/v1/bids");
    assertThat(OpenApi.ours().operation("GET", "/v1/bids/1").orElseThrow().path())
        .isEqualTo("/v1/bids/{dseq}");
  }
}
