package io.berth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.StatusOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  @Test
  void anEmpty200IsAccepted() {
    assertThat(manifest(200, "")).isEqualTo(new ManifestOutcome.Accepted());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void aMissingLeaseIsNotYetVisible(int status) {
    assertThat(manifest(status, "no lease for deployment\n"))
        .isEqualTo(new ManifestOutcome.NotYetVisible());
  }

  @ParameterizedTest
  @ValueSource(ints = {422, 500})
  void anotherHashIsAStaleVersionAtOldAndNewProviders(int status) {
    assertThat(manifest(status, "manifest version validation failed\n"))
        .isEqualTo(new ManifestOutcome.StaleVersion("manifest version validation failed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "422 | invalid manifest: zero global services",
        "500 | invalid manifest: group count mismatch (2 != 1)",
        "500 | invalid manifest: unknown deployment group ('x')",
        "422 | manifest cross-validation error: group \"g\": x",
        "500 | manifest cross-validation error: group \"g\": x",
        "422 | manifest rejected: service \"s\" exposed on 80:TCP must have a hostname",
        "500 | manifest rejected: service \"s\" exposed on 80:TCP must have a hostname",
        "500 | hostname not allowed: host \"x\" in use",
        "500 | hostname not allowed: \"x\" is blocked by this provider",
        "422 | json: cannot unmarshal string into Go value of type manifest.Manifest"
      })
  void whatThisManifestCanNeverPassIsRejected(int status, String text) {
    assertThat(manifest(status, text + "\n")).isEqualTo(new ManifestOutcome.Rejected(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | deployment not found",
        "500 | not running",
        "500 | context deadline exceeded",
        "500 | post failed: Post \"http://rpc:26657\": EOF",
        "404 | 404 page not found",
        "400 | invalid authorization header",
        "502 | <html><h1>502 Bad Gateway</h1></html>"
      })
  void theRestIsAFailureOfTheProvider(int status, String text) {
    assertThat(manifest(status, text)).isEqualTo(new ManifestOutcome.ProviderFailed(status, text));
  }

  @ParameterizedTest
  @CsvSource({"400, JWT has invalid claims", "401, JWT is invalid", "401, unauthorized access"})
  void aRefusedTokenIsUnauthorized(int status, String message) {
    Reply.Answered answer = new Reply.Answered(status, "{\"message\":\"" + message + "\"}");

    assertThat(Answers.refusesToken(answer)).isTrue();
    assertThat(Answers.manifest(answer)).isEqualTo(new ManifestOutcome.Unauthorized(message));
    assertThat(Answers.status(answer))
        .isEqualTo(new StatusOutcome.Unavailable("the provider refused the token"));
  }

  @ParameterizedTest
  @CsvSource({"200, JWT has invalid claims", "400, invalid authorization header", "500, x"})
  void noOtherAnswerAsksForAFreshToken(int status, String message) {
    assertThat(
            Answers.refusesToken(new Reply.Answered(status, "{\"message\":\"" + message + "\"}")))
        .isFalse();
  }

  @Test
  void textsAreCutAndCleaned() {
    String hostile = "broken\u0000\u001b[31m\r\n\u202e" + "x".repeat(10_000);

    assertThat(manifest(500, hostile))
        .isInstanceOfSatisfying(
            ManifestOutcome.ProviderFailed.class,
            failed ->
                assertThat(failed.text())
                    .startsWith("broken [31m x")
                    .hasSizeLessThanOrEqualTo(500));
  }

  @Test
  void jsonThatIsNoMessageIsTakenAsText() {
    assertThat(manifest(500, "{\"message\":7}"))
        .isEqualTo(new ManifestOutcome.ProviderFailed(500, "{\"message\":7}"));
    assertThat(manifest(500, "{oops")).isEqualTo(new ManifestOutcome.ProviderFailed(500, "{oops"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no manifest yet",
        "kube: lease not found | kube: lease not found",
        "kube: no deployments for lease | kube: no deployments for lease",
        "no lease for deployment | no lease for deployment"
      })
  void aLeaseOfWhichNothingRunsYetIsNotReady(String body, String reason) {
    assertThat(status(404, body + "\n")).isEqualTo(new StatusOutcome.NotReady(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "404, 404 page not found",
    "404, <html>",
    "500, kube: lease not found",
    "503, kube down",
    "302, ''"
  })
  void anyOtherAnswerIsNoStatus(int status, String body) {
    assertThat(status(status, body))
        .isEqualTo(new StatusOutcome.Unavailable("the provider answered " + status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"services\"", "<html>", "\"services\""})
  void a200ThatIsNoStatusIsUnreadable(String body) {
    assertThat(status(200, body))
        .isEqualTo(new StatusOutcome.Unavailable("the provider's answer is unreadable"));
  }

  private static ManifestOutcome manifest(int status, String body) {
    return Answers.manifest(new Reply.Answered(status, body));
  }

  private static StatusOutcome status(int status, String body) {
    return Answers.status(new Reply.Answered(status, body));
  }
}
