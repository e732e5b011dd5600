package io.berth.domain.budget;

import java.time.LocalDate;

/**
 * What a signature costs.
 *
 * @param seen the budget as it was read
 * @param today the day that it counts for, in UTC
 * @param most what may be spent on one day
 */
public record Charge(Budget seen, Spending cost, LocalDate today, Spending most) {}
