package io.berth.domain.ledger;

/** What the signer says. */
public sealed interface SignOutcome {

  /** The intent is signed, now or before. */
  record Signed() implements SignOutcome {}

  /**
   * The policy forbids it; nothing was changed.
   *
   * @param rule the name of the rule
   */
  record Refused(String rule, String reason) implements SignOutcome {}
}
