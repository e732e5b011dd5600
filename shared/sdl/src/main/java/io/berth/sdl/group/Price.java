package io.berth.sdl.group;

import java.math.BigDecimal;

/**
 * A price per block.
 *
 * @param denom the coin's denomination, such as {@code uact}
 * @param amount at most 18 decimals
 */
public record Price(String denom, BigDecimal amount) {}
