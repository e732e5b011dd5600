package io.berth.functions.account;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.berth.domain.account.Activation;
import io.berth.domain.akash.Coin;
import io.berth.domain.wallet.Wallet;
import io.berth.logging.FunctionLogs;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.math.BigInteger;
import java.util.Map;

/**
 * Makes a user ready to deploy: {@code {userId, email, creditUact, feeAllowanceUakt}}, amounts as
 * decimal strings. Invoked by operators and by sign-up, never by the API. Safe to repeat.
 */
public final class ActivateUser
    implements RequestHandler<Map<String, String>, Map<String, String>> {
  static {
    FunctionLogs.configure();
  }

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
    try (LogContext _ =
        LogContext.open()
            .with(LogField.FUNCTION, "ActivateUser")
            .with(LogField.USER, event.get("userId"))) {
      return activate(event);
    }
  }

  private Map<String, String> activate(Map<String, String> event) {
    Wallet wallet =
        activation.activate(
            require(event, "userId"),
            require(event, "email"),
            new Coin(Coin.UACT, new BigInteger(require(event, "creditUact"))),
            new Coin(Coin.UAKT, new BigInteger(require(event, "feeAllowanceUakt"))));
    return Map.of("userId", wallet.userId(), "address", wallet.address());
  }

  private static String require(Map<String, String> event, String name) {
    String value = event.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the event needs " + name);
    }
    return value;
  }
}
