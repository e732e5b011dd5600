package io.berth.functions.account;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.berth.domain.account.Activation;
import io.berth.domain.wallet.Wallet;
import java.util.Map;

/**
 * Makes a user ready to deploy: {@code {userId, email, creditUact}}, the amount as a decimal
 * string. Invoked by operators and by sign-up, never by the API. Safe to repeat.
 */
public final class ActivateUser
    implements RequestHandler<Map<String, String>, Map<String, String>> {
  private final Activation activation;

  /** Wired from the function's environment. */
  public ActivateUser() {
    this(Wiring.activation());
  }

  ActivateUser(Activation activation) {
    this.activation = activation;
  }

  @Override
  public Map<String, String> handleRequest(Map<String, String> event, Context context) {
    Event fields = new Event(event);
    Wallet wallet =
        activation.activate(
            fields.require("userId"), fields.require("email"), fields.requireAmount("creditUact"));
    return Map.of("userId", wallet.userId(), "address", wallet.address());
  }
}
