package io.berth.provider;

import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.StatusOutcome;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What gateways' answers mean (provider-gateway.md §1.4, §1.5, §2.5). Old and new providers give
 * one and the same error different statuses, so the text decides wherever there is one.
 */
final class Answers {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_TEXT = 500;

  private static final String NO_LEASE = "no lease for deployment";
  private static final String STALE_VERSION = "manifest version validation failed";
  private static final String BAD_CLAIMS = "JWT has invalid claims";

  /** Beginnings of what a provider says of a manifest that it will never take. */
  private static final List<String> REJECTIONS =
      List.of(
          "invalid manifest",
          "manifest cross-validation error",
          "manifest rejected",
          "hostname not allowed");

  /** What a provider says of a lease for which nothing runs yet. */
  private static final List<String> NOTHING_YET =
      List.of("kube: lease not found", "kube: no deployments for lease", NO_LEASE);

  private Answers() {}

  /** Whether the token was refused in a way that a fresh one may mend. */
  static boolean refusesToken(Reply.Answered answer) {
    return answer.status() == 401 || (answer.status() == 400 && textOf(answer).equals(BAD_CLAIMS));
  }

  static ManifestOutcome manifest(Reply.Answered answer) {
    String text = textOf(answer);
    if (answer.status() == 200) {
      return new ManifestOutcome.Accepted();
    }
    if (refusesToken(answer)) {
      return new ManifestOutcome.Unauthorized(text);
    }
    if (text.startsWith(NO_LEASE)) {
      return new ManifestOutcome.NotYetVisible();
    }
    if (text.startsWith(STALE_VERSION)) {
      return new ManifestOutcome.StaleVersion(text);
    }
    if (answer.status() == 422 || REJECTIONS.stream().anyMatch(text::startsWith)) {
      return new ManifestOutcome.Rejected(text);
    }
    return new ManifestOutcome.ProviderFailed(answer.status(), text);
  }

  static StatusOutcome status(Reply.Answered answer) {
    if (answer.status() == 200) {
      return LeaseStatusJson.read(answer.body())
          .<StatusOutcome>map(StatusOutcome.Known::new)
          .orElseGet(() -> new StatusOutcome.Unavailable("the provider's answer is unreadable"));
    }
    String text = textOf(answer);
    if (answer.status() == 404
        && (text.isEmpty() || NOTHING_YET.stream().anyMatch(text::startsWith))) {
      return new StatusOutcome.NotReady(text.isEmpty() ? "no manifest yet" : text);
    }
    return new StatusOutcome.Unavailable(
        refusesToken(answer)
            ? "the provider refused the token"
            : "the provider answered " + answer.status());
  }

  /** The answer's message, from JSON or plain. */
  private static String textOf(Reply.Answered answer) {
    return oneLine(messageOf(answer.body()).orElse(answer.body()));
  }

  /** What a provider says, made fit to repeat: short, of one line, without control characters. */
  static String oneLine(String text) {
    String line = text.substring(0, Math.min(text.length(), MAX_TEXT));
    return line.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
  }

  private static Optional<String> messageOf(String body) {
    if (!body.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode message = JSON.readTree(body).path("message");
      return message.isString() ? Optional.of(message.asString()) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
