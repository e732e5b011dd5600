package io.berth.functions.account;

import io.berth.domain.funding.Credit;
import io.berth.domain.funding.Funding;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;

/**
 * Adds to a user's balance. Invoked by operators and by payments, never by the API. Safe to repeat.
 */
public final class TopUp extends JsonFunction<TopUp.Request, TopUp.Granted> {

  /**
   * A payment.
   *
   * @param amountUact a decimal string, in uact
   * @param reference names the payment, which counts once
   */
  public record Request(String userId, String amountUact, String reference) {}

  /**
   * What was added.
   *
   * @param transaction the hash of the transaction that granted it
   */
  public record Granted(String userId, String amountUact, String reference, String transaction) {}

  private final Funding funding;

  /** Wired from the function's environment. */
  public TopUp() {
    this(Wiring.funding());
  }

  TopUp(Funding funding) {
    super(Request.class);
    this.funding = funding;
  }

  @Override
  protected void describe(Request request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected Granted answer(Request request) {
    Credit credit =
        funding.topUp(
            Event.require("userId", request.userId()),
            Event.requireAmount("amountUact", request.amountUact()),
            Event.require("reference", request.reference()));
    return new Granted(
        credit.userId(),
        credit.uact().toString(),
        credit.reference(),
        credit.grantedBy().orElseThrow());
  }
}
