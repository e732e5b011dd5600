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
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Funding funding;

  /** Wired from the function's environment. */
  public SettleGrants() {
    this(Wiring.funding());
  }

  SettleGrants(Funding funding) {
    this.funding = funding;
  }

  /**
   * Settles.
   *
   * @throws IllegalStateException if some of all users' grants could not be settled, so that the
   *     alarm is raised; the log names the users
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Optional<String> userId = Optional.ofNullable(event.get("userId")).map(Object::toString);
    if (userId.isPresent()) {
      funding.settle(userId.get());
    } else {
      settleAll();
    }
    return Map.of();
  }

  private void settleAll() {
    int left = funding.settleAll();
    if (left > 0) {
      throw new IllegalStateException("the grants of " + left + " users are not settled");
    }
  }
}
