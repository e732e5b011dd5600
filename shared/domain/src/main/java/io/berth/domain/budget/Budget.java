package io.berth.domain.budget;

import java.time.LocalDate;

/**
 * What a user's wallet has signed for on the last day on which it signed anything. Signed is taken
 * for spent: whether it landed is recorded by others than the signer, who must not be able to lift
 * a cap by calling it failed.
 *
 * @param day in UTC
 */
public record Budget(String userId, LocalDate day, Spending spent) {

  /** The budget of a wallet that never signed. */
  public static Budget fresh(String userId) {
    return new Budget(userId, LocalDate.EPOCH, Spending.NONE);
  }

  /** This budget after a charge; a new day begins with nothing spent. */
  public Budget after(Spending cost, LocalDate today) {
    Spending before = day.equals(today) ? spent : Spending.NONE;
    return new Budget(userId, today, before.plus(cost));
  }
}
