package io.berth.domain.problem;

import io.berth.domain.ledger.ChainError;

/**
 * What a chain's refusal means to a user: the one table from (codespace, code) to a {@link
 * Problem}, with the messages that Console clients know (console-contract.md §3.4).
 */
public final class ChainProblems {

  /** The answer when a deposit is larger than what is left of the user's balance. */
  public static final String NOT_ENOUGH_BALANCE =
      "Not enough balance to cover the deployment deposit. Add credits or turn on auto recharge to"
          + " continue.";

  private ChainProblems() {}

  /** The problem that a refusal by the chain is to the user. */
  public static Problem of(ChainError error) {
    return switch (error.codespace()) {
      case "deployment" -> ofDeployment(error);
      case "market" -> ofMarket(error);
      case "escrow" -> ofEscrow(error);
      case "feegrant" ->
          new Problem.PaymentRequired("Not enough funds to cover the transaction fee");
      case "sdk" -> ofSdk(error);
      default -> unknown(error);
    };
  }

  private static Problem ofDeployment(ChainError error) {
    return switch (error.code()) {
      case 3 -> new Problem.Impossible("Deployment already exists");
      case 4 -> Problem.NotFound.deployment();
      case 5 -> new Problem.Impossible("Deployment closed");
      case 7, 25 -> new Problem.Impossible("Invalid deployment groups");
      case 9, 10 -> new Problem.Impossible("Invalid deployment hash");
      case 20 -> new Problem.Impossible("Deposit too low");
      case 24 -> new Problem.Impossible("Invalid coin denominations");
      case 26 -> new Problem.Impossible("Invalid reclamation window");
      default -> unknown(error);
    };
  }

  private static Problem ofMarket(ChainError error) {
    return switch (error.code()) {
      case 6, 11, 12, 18 ->
          new Problem.Impossible(
              "Failed to create lease: Cannot create lease: The selected bid is no longer open."
                  + " Please refresh and select an available bid.");
      case 13, 15, 23, 24 ->
          new Problem.Impossible(
              "Failed to create lease: Cannot create lease: The order has already been matched or"
                  + " closed.");
      case 28 -> new Problem.PaymentRequired(NOT_ENOUGH_BALANCE);
      default -> unknown(error);
    };
  }

  private static Problem ofEscrow(ChainError error) {
    return switch (error.code()) {
      case 2, 4 -> new Problem.Impossible("Deployment closed");
      case 3 -> Problem.NotFound.deployment();
      case 5 -> new Problem.Impossible("Invalid coin denominations");
      default -> unknown(error);
    };
  }

  private static Problem ofSdk(ChainError error) {
    return switch (error.code()) {
      // User wallets hold no coins: whatever lacks funds here is the wallet that pays for them.
      case 36 -> new Problem.Impossible("The network sees a conflict in the request");
      // An activated wallet has an account; a node that does not know it yet lags behind.
      case 5, 9, 11, 13, 20, 30, 42 -> new Problem.Unavailable("Service temporarily unavailable");
      default -> unknown(error);
    };
  }

  private static Problem unknown(ChainError error) {
    return new Problem.ChainRefused(
        "The network refused the transaction (" + error.codespace() + " " + error.code() + ")");
  }
}
