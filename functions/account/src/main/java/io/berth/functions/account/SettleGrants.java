package io.berth.functions.account;

import io.berth.domain.funding.Funding;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;
import java.util.Map;
import java.util.Optional;

/**
 * Ends what is under way with users' grants, and renews fee allowances that run low. Safe to
 * repeat.
 */
public final class SettleGrants extends JsonFunction<SettleGrants.Request, Map<String, String>> {

  /**
   * Whose grants.
   *
   * @param userId null for all users, as in the events of schedules
   */
  public record Request(String userId) {}

  private final Funding funding;

  /** Wired from the function's environment. */
  public SettleGrants() {
    this(Wiring.funding());
  }

  SettleGrants(Funding funding) {
    super(Request.class);
    this.funding = funding;
  }

  @Override
  protected void describe(Request request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  /**
   * Settles.
   *
   * @throws IllegalStateException if some of all users' grants could not be settled, so that the
   *     alarm is raised; the log names the users
   */
  @Override
  protected Map<String, String> answer(Request request) {
    Optional.ofNullable(request.userId()).ifPresentOrElse(funding::settle, this::settleAll);
    return Map.of();
  }

  private void settleAll() {
    int left = funding.settleAll();
    if (left > 0) {
      throw new IllegalStateException("the grants of " + left + " users are not settled");
    }
  }
}
