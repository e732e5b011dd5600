package io.berth.domain.ledger;

import java.util.Arrays;
import java.util.Optional;

/** Why the signer does not sign for now, though it may later. Nothing was changed. */
public enum Hold {
  SIGNING_HALTED("signing-halted", "signing is halted by the operator"),
  DAILY_FEES("daily-fee-cap", "the wallet's fees of this day (UTC) would be too high"),
  DAILY_DEPOSITS("daily-deposit-cap", "the wallet's deposits of this day (UTC) would be too high");

  private final String rule;
  private final String reason;

  Hold(String rule, String reason) {
    this.rule = rule;
    this.reason = reason;
  }

  /** The name of the policy's rule. */
  public String rule() {
    return rule;
  }

  /** For the log. */
  public String reason() {
    return reason;
  }

  /** The hold that this rule is; empty for a rule that refuses for good. */
  public static Optional<Hold> of(String rule) {
    return Arrays.stream(values()).filter(hold -> hold.rule.equals(rule)).findFirst();
  }
}
