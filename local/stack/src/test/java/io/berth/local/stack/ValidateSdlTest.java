package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.sdl.Layout;
import io.berth.sdl.Sdl;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.SdlResult;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dry run: open to everyone, the same reading as a creation. */
@ExtendWith(RunningBerth.class)
class ValidateSdlTest {

  private static Answer validate(RunningBerth.Town town, Map<String, Object> data) {
    return town.stranger(Optional.empty()).post("/v1/sdl/validate", Map.of("data", data));
  }

  @Test
  void showsWhatAnSdlBecomesInEitherLayout(RunningBerth.Town town) {
    for (Layout layout : Layout.values()) {
      SdlResult.Valid expected =
          (SdlResult.Valid) Sdl.plan(Sdls.example(), SdlOptions.asWritten(layout));
      Answer answer =
          validate(
              town,
              Map.of(
                  "sdl",
                  Sdls.example(),
                  "layout",
                  layout.name().toLowerCase(java.util.Locale.ROOT)));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.data().get("valid").asBoolean()).isTrue();
      assertThat(answer.data().get("hash").asString()).isEqualTo(expected.plan().hash());
      assertThat(answer.data().get("manifest").asString()).isEqualTo(expected.plan().manifest());
      assertThat(answer.data().at("/groups/0/name").asString()).isEqualTo("dcloud");
      assertThat(answer.data().at("/groups/0/resources")).hasSize(2);
      assertThat(answer.data().at("/resources/0/cpuMillis").asString()).isEqualTo("1250");
      assertThat(answer.data().at("/resources/0/storageBytes/beta2").asString())
          .isEqualTo(Long.toString(10L << 30));
      assertThat(answer.data().get("problems")).isEmpty();
    }
  }

  @Test
  void tellsEveryMistakeWithItsPlace(RunningBerth.Town town) {
    String broken = Sdls.small().replace("port: 80", "porrt: 80").replace("count: 1", "count: 0");
    Answer answer = validate(town, Map.of("sdl", broken));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data().get("valid").asBoolean()).isFalse();
    assertThat(answer.data().get("hash").isNull()).isTrue();
    assertThat(answer.data().get("problems")).hasSize(3);
    var unknown =
        answer
            .data()
            .get("problems")
            .valueStream()
            .filter(problem -> problem.get("rule").asString().equals("unknown-field"))
            .findFirst()
            .orElseThrow();
    assertThat(unknown.get("pointer").asString()).isEqualTo("/services/web/expose/0/porrt");
    assertThat(unknown.get("line").asInt()).isEqualTo(6);
    assertThat(unknown.get("column").asInt()).isEqualTo(9);
    assertThat(unknown.get("suggestion").asString()).isEqualTo("did you mean `port`?");
  }

  @Test
  void refusesALayoutItDoesNotKnow(RunningBerth.Town town) {
    Answer answer = validate(town, Map.of("sdl", Sdls.small(), "layout", "cobol"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.data().get(0).get("path").toString()).isEqualTo("[\"data\",\"layout\"]");
  }
}
