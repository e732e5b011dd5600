package io.berth.domain.settings;

import java.math.BigDecimal;

/**
 * When and with how much a user's balance shall be recharged.
 *
 * @param mode by what it is decided
 * @param thresholdUsd in mode {@code THRESHOLD}: recharge when the balance is at or below it
 * @param amountUsd how much to charge
 */
public record WalletSettings(Mode mode, BigDecimal thresholdUsd, BigDecimal amountUsd) {

  /** Console's defaults. */
  public static final WalletSettings DEFAULT =
      new WalletSettings(Mode.PREDICTION, BigDecimal.valueOf(20), BigDecimal.valueOf(100));

  /** What a recharge waits for. */
  public enum Mode {
    /** The balance is at or below a threshold. */
    THRESHOLD,
    /** The balance will not last. */
    PREDICTION
  }
}
