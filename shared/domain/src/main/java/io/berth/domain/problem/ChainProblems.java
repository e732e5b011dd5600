package io.berth.domain.problem;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainFault;
import java.util.Optional;

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
    return switch (error) {
      case ChainError.Known(ChainFault fault, String log) ->
          of(fault).orElseGet(() -> unmapped(error));
      case ChainError.Unknown unknown -> unmapped(error);
    };
  }

  /** Empty for what no request of a user's can cause. */
  private static Optional<Problem> of(ChainFault fault) {
    return switch (fault) {
      case DEPLOYMENT_EXISTS -> impossible("Deployment already exists");
      case DEPLOYMENT_NOT_FOUND, ESCROW_NOT_FOUND -> Optional.of(Problem.NotFound.deployment());
      case DEPLOYMENT_CLOSED, ESCROW_CLOSED, ESCROW_OVERDRAWN -> impossible("Deployment closed");
      case GROUPS_INVALID, GROUP_SPEC_INVALID, GROUP_NAME_DUPLICATE ->
          impossible("Invalid deployment groups");
      case DEPLOYMENT_HASH_EMPTY, DEPLOYMENT_HASH_INVALID -> impossible("Invalid deployment hash");
      case DEPOSIT_INVALID -> impossible("Deposit too low");
      case PRICE_INVALID, ESCROW_DENOM_INVALID -> impossible("Invalid coin denominations");
      case RECLAMATION_INVALID -> impossible("Invalid reclamation window");
      case UNKNOWN_BID, BID_NOT_ACTIVE, BID_NOT_OPEN, BID_NOT_FOUND ->
          impossible(
              "Failed to create lease: Cannot create lease: The selected bid is no longer open."
                  + " Please refresh and select an available bid.");
      case ORDER_NOT_OPEN, ORDER_NOT_FOUND, ORDER_ACTIVE, ORDER_CLOSED ->
          impossible(
              "Failed to create lease: Cannot create lease: The order has already been matched or"
                  + " closed.");
      case MARKET_DEPOSIT_INVALID -> Optional.of(new Problem.PaymentRequired(NOT_ENOUGH_BALANCE));
      case FEE_LIMIT_EXCEEDED, FEE_ALLOWANCE_EXPIRED, NO_FEE_ALLOWANCE, FEE_MESSAGE_NOT_ALLOWED ->
          Optional.of(new Problem.PaymentRequired("Not enough funds to cover the transaction fee"));
      case CONFLICT -> impossible("The network sees a conflict in the request");
      // User wallets hold no coins: whatever lacks funds here is the wallet that pays for them. And
      // an activated wallet has an account: a node that does not know it yet lags behind.
      case INSUFFICIENT_FUNDS,
          UNKNOWN_ADDRESS,
          OUT_OF_GAS,
          INSUFFICIENT_FEE,
          MEMPOOL_FULL,
          TX_TIMEOUT_HEIGHT,
          TX_TIMEOUT,
          WRONG_SEQUENCE ->
          Optional.of(new Problem.Unavailable("Service temporarily unavailable"));
      case TX_MALFORMED,
          SEQUENCE_INVALID,
          UNAUTHORIZED,
          UNKNOWN_REQUEST,
          INVALID_ADDRESS,
          INVALID_PUBKEY,
          INVALID_COINS,
          MEMO_TOO_LARGE,
          NO_SIGNATURES_SUPPLIED,
          INVALID_REQUEST,
          TX_IN_MEMPOOL,
          TX_TOO_LARGE,
          UNKNOWN_EXTENSION_OPTIONS,
          FEATURE_NOT_SUPPORTED,
          NOT_FOUND,
          INVALID_GAS_LIMIT,
          DEPLOYMENT_ID_INVALID,
          GROUP_NOT_FOUND,
          GROUP_ALREADY_CLOSED,
          GROUP_OPEN,
          GROUP_PAUSED,
          GROUP_NOT_OPEN,
          BID_OVER_ORDER_PRICE,
          BID_ATTRIBUTE_MISMATCH,
          UNKNOWN_LEASE,
          LEASE_NOT_ACTIVE,
          MARKET_GROUP_NOT_FOUND,
          MARKET_GROUP_NOT_OPEN,
          LEASE_NOT_FOUND,
          BID_EXISTS,
          UNKNOWN_PROVIDER,
          BID_CAPABILITIES_MISMATCH,
          RECLAMATION_NOT_CONFIGURED,
          RECLAMATION_IN_PROGRESS,
          RECLAMATION_NOT_STARTED,
          RECLAMATION_WINDOW_OPEN,
          RECLAMATION_WINDOW_OUT_OF_BOUNDS,
          RECLAMATION_NOT_OFFERED,
          RECLAMATION_WINDOW_SHORT,
          ESCROW_EXISTS,
          PAYMENT_EXISTS,
          PAYMENT_CLOSED,
          PAYMENT_NOT_FOUND,
          PAYMENT_RATE_ZERO,
          ESCROW_SCOPE_UNAUTHORIZED,
          ESCROW_DEPOSIT_INVALID,
          ESCROW_AUTHZ_SCOPE_INVALID,
          CERTIFICATE_NOT_FOUND,
          CERTIFICATE_EXISTS,
          CERTIFICATE_REVOKED,
          CERTIFICATE_SERIAL_INVALID,
          CERTIFICATE_INVALID,
          CERTIFICATE_KEY_INVALID,
          AUTHORIZATION_NOT_FOUND,
          AUTHORIZATION_EXPIRED,
          GRANTEE_IS_GRANTER,
          SENDING_DISABLED ->
          Optional.empty();
    };
  }

  private static Optional<Problem> impossible(String message) {
    return Optional.of(new Problem.Impossible(message));
  }

  private static Problem unmapped(ChainError error) {
    return new Problem.ChainRefused(
        "The network refused the transaction (" + error.codespace() + " " + error.code() + ")");
  }
}
