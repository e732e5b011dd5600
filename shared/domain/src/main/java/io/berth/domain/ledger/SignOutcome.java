package io.berth.domain.ledger;

import java.time.Duration;
import java.util.Optional;

/** What the signer says. */
public sealed interface SignOutcome {

  /**
   * The intent is signed, now or before.
   *
   * @param fresh the intent's state if this call signed it; empty if an earlier one did
   */
  record Signed(Optional<IntentState.Signed> fresh) implements SignOutcome {}

  /** Not signed; nothing was changed. */
  sealed interface Denied extends SignOutcome {

    /** The name of the policy's rule. */
    String rule();

    /** For the log. */
    String reason();
  }

  /** The policy forbids it. */
  record Refused(String rule, String reason) implements Denied {}

  /**
   * Not now: the same intent may be signed later.
   *
   * @param retryAfter when it is worth trying again
   */
  record Held(Hold hold, Duration retryAfter) implements Denied {
    @Override
    public String rule() {
      return hold.rule();
    }

    @Override
    public String reason() {
      return hold.reason();
    }
  }
}
