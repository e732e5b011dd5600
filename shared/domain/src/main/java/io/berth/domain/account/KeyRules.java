package io.berth.domain.account;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Instant;
import java.util.Optional;

/** What making and changing keys have in common. */
final class KeyRules {
  private KeyRules() {}

  /** Nobody hands on what they do not have. */
  static void requireCovered(Access caller, Access other) {
    if (!caller.covers(other)) {
      String wanted =
          other instanceof Access.Full ? "full access" : String.join(", ", other.texts());
      throw new Refusal(
          new Problem.Forbidden(
              "This API key cannot give what it does not have itself; asked for: " + wanted));
    }
  }

  /** The end of a key is final: a key that has expired is not woken up again. */
  static ApiKey requireLive(Optional<ApiKey> key, Instant now) {
    ApiKey found = key.orElseThrow(() -> new Refusal(new Problem.NotFound("API key not found")));
    if (!found.isLive(now)) {
      throw new Refusal(new Problem.Impossible("The API key has expired; make a new one"));
    }
    return found;
  }
}
