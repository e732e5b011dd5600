package io.berth.functions.account;

import io.berth.domain.account.Activation;
import io.berth.domain.wallet.Wallet;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;

/**
 * Makes a user ready to deploy. Invoked by operators and by sign-up, never by the API. Safe to
 * repeat.
 */
public final class ActivateUser extends JsonFunction<ActivateUser.Request, ActivateUser.Activated> {

  /**
   * Who it is.
   *
   * @param creditUact first balance, a decimal string, in uact
   */
  public record Request(String userId, String email, String creditUact) {}

  /** The user's wallet. */
  public record Activated(String userId, String address) {}

  private final Activation activation;

  /** Wired from the function's environment. */
  public ActivateUser() {
    this(Wiring.activation());
  }

  ActivateUser(Activation activation) {
    super(Request.class);
    this.activation = activation;
  }

  @Override
  protected void describe(Request request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected Activated answer(Request request) {
    Wallet wallet =
        activation.activate(
            Event.require("userId", request.userId()),
            Event.require("email", request.email()),
            Event.requireAmount("creditUact", request.creditUact()));
    return new Activated(wallet.userId(), wallet.address());
  }
}
