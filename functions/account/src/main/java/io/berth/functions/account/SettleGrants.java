package io.berth.functions.account;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.berth.domain.funding.Funding;
import java.util.Map;
import java.util.Optional;

/**
 * Ends what is under way with users' grants, and renews fee allowances that run low: of the user in
 * {@code {userId}}, or of all users if there is none, as in the events of schedules. Safe to
 * repeat.
 */
public final class SettleGrants
    implements RequestHandler<Map<String, Object>, Map<String, Integer>> {
  private final Funding funding;

  /** Wired from the function's environment. */
  public SettleGrants() {
    this(Wiring.funding());
  }

  SettleGrants(Funding funding) {
    this.funding = funding;
  }

  /** How many users' grants could not be settled now. */
  @Override
  public Map<String, Integer> handleRequest(Map<String, Object> event, Context context) {
    Optional<String> userId = Optional.ofNullable(event.get("userId")).map(Object::toString);
    if (userId.isEmpty()) {
      return Map.of("left", funding.settleAll());
    }
    funding.settle(userId.get());
    return Map.of("left", 0);
  }
}
