package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way of saying no has the one shape, and its cause and cure are documented. */
class ProblemsTest {
  private static final List<String> MEMBERS =
      List.of(
          "error",
          "message",
          "code",
          "type",
          "problem",
          "title",
          "status",
          "requestId",
          "retryable");

  private static List<Problem> problems() {
    return List.of(
        new Problem.InvalidRequest(
            List.of(new Issue("custom", List.of("a"), "no", Map.of("pointer", "/a")))),
        new Problem.MalformedBody(),
        new Problem.UnsupportedMediaType("Unsupported Content-Type"),
        new Problem.BodyTooLarge(),
        new Problem.InvalidSdl(List.of()),
        new Problem.Impossible("Deployment closed"),
        new Problem.Unauthenticated("Unauthorized"),
        new Problem.Forbidden("Forbidden"),
        new Problem.NotFound("Deployment not found"),
        new Problem.PaymentRequired("no money"),
        new Problem.Conflict("wallet_provisioning", "wait", Duration.ofSeconds(1)),
        new Problem.DailyLimit("enough for today", Duration.ofHours(1)),
        new Problem.KeyReused(),
        new Problem.Unavailable("later"),
        new Problem.OutcomeUnknown("unknown"),
        new Problem.ChainRefused("refused"),
        new Problem.Internal());
  }

  @Test
  void hereIsEveryProblemThereIs() {
    assertThat(problems())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(Problem.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyProblemHasEveryMember(Problem problem) {
    ApiResponse response = Problems.response(problem, "r-1");
    Map<?, ?> body = (Map<?, ?>) response.body().orElseThrow();

    assertThat(body.keySet().stream().map(Object::toString)).containsAll(MEMBERS);
    assertThat(body.get("status")).isEqualTo(response.status());
    assertThat(body.get("requestId")).isEqualTo("r-1");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyProblemIsDocumentedWithCauseAndCure(Problem problem) throws IOException {
    String openApi = Files.readString(Path.of("../../docs/openapi.yaml"));
    Map<?, ?> body = (Map<?, ?>) Problems.response(problem, "r-1").body().orElseThrow();

    assertThat(openApi)
        .contains("| `" + body.get("code") + "` |")
        .contains("problem: " + body.get("problem") + "\n");
  }
}
