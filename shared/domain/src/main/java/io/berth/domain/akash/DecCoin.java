package io.berth.domain.akash;

import java.math.BigDecimal;

/**
 * An amount with decimals, as prices and escrow balances have them.
 *
 * @param amount at most 18 decimals; may be negative for an overdrawn balance
 */
public record DecCoin(String denom, BigDecimal amount) {}
