package io.berth.domain.budget;

import java.time.LocalDate;

/**
 * What a user's wallet has signed for on the last day on which it signed anything. Signed is taken
 * for spent: whether it landed is recorded by others than the signer, who must not be able to lift
 * a cap by calling it failed.
 *
 * @param version how often it was changed; 0 while there is no row
 * @param day in UTC
 */
public record Budget(String userId, long version, LocalDate day, Spending spent) {

  /** The budget of a wallet that never signed. */
  public static Budget fresh(String userId) {
    return new Budget(userId, 0, LocalDate.EPOCH, Spending.NONE);
  }

  /** This budget after a signature; a new day begins with nothing spent. */
  public Budget spend(Spending more, LocalDate today) {
    Spending before = day.equals(today) ? spent : Spending.NONE;
    return new Budget(userId, version + 1, today, before.plus(more));
  }
}
