package io.berth.domain.ledger;

import io.berth.domain.problem.ChainProblems;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Duration;

/** What an outcome means to a user who waits for the effect. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * The result if the effect took place.
   *
   * @throws Refusal with the reason if it did not, or is not known to have
   */
  public static TransactionResult committedOrRefuse(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed(TransactionResult result) -> result;
      case Outcome.Failed(TransactionResult result, ChainError error) -> throw refusal(error);
      case Outcome.Refused(ChainError error) -> throw refusal(error);
      case Outcome.NotTaken(ChainError error) -> throw refusal(error);
      case Outcome.Forbidden(String rule) ->
          throw new Refusal(new Problem.Forbidden("The signing policy forbids this: " + rule));
      case Outcome.Held(Hold hold, Duration retryAfter) ->
          throw new Refusal(problem(hold, retryAfter));
      case Outcome.Expired expired ->
          throw new Refusal(
              new Problem.Unavailable("The network did not take the transaction in time"));
      case Outcome.Waiting waiting ->
          throw new Refusal(
              new Problem.Unavailable(
                  "Another transaction of this account is still under way. Repeat the request."));
      case Outcome.Pending pending ->
          throw new Refusal(
              new Problem.OutcomeUnknown(
                  "The transaction was sent and its outcome is not known yet."
                      + " Repeat the request to find out; it will not happen twice."));
    };
  }

  /** Whether the chain refused for this very reason. */
  public static boolean isRefusedAs(Outcome outcome, ChainFault fault) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed.error().is(fault);
      case Outcome.Refused refused -> refused.error().is(fault);
      default -> false;
    };
  }

  private static Problem problem(Hold hold, Duration retryAfter) {
    return switch (hold) {
      case SIGNING_HALTED ->
          new Problem.Unavailable(
              "Transactions are halted by the operator. Nothing was changed; repeat the request"
                  + " later.");
      case DAILY_FEES, DAILY_DEPOSITS ->
          new Problem.DailyLimit(
              "The account has reached its limit of "
                  + (hold == Hold.DAILY_FEES ? "transaction fees" : "deposits")
                  + " for this day (UTC). Nothing was changed.",
              retryAfter);
    };
  }

  private static Refusal refusal(ChainError error) {
    return new Refusal(
        ChainProblems.of(error),
        "the chain refused: " + error.codespace() + " " + error.code() + ": " + error.log());
  }
}
