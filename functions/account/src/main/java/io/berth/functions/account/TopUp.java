package io.berth.functions.account;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.berth.domain.funding.Credit;
import io.berth.domain.funding.Funding;
import java.util.Map;

/**
 * Adds to a user's balance: {@code {userId, amountUact, reference}}, the amount as a decimal
 * string; the reference names the payment, and counts once. Invoked by operators and by payments,
 * never by the API. Safe to repeat.
 */
public final class TopUp implements RequestHandler<Map<String, String>, Map<String, String>> {
  private final Funding funding;

  /** Wired from the function's environment. */
  public TopUp() {
    this(Wiring.funding());
  }

  TopUp(Funding funding) {
    this.funding = funding;
  }

  @Override
  public Map<String, String> handleRequest(Map<String, String> event, Context context) {
    Event fields = new Event(event);
    Credit credit =
        funding.topUp(
            fields.require("userId"),
            fields.requireAmount("amountUact"),
            fields.require("reference"));
    return Map.of(
        "userId", credit.userId(),
        "amountUact", credit.uact().toString(),
        "reference", credit.reference(),
        "transaction", credit.grantedBy().orElseThrow());
  }
}
