package io.berth.domain.funding;

import java.math.BigInteger;

/**
 * Fee allowances, in uakt.
 *
 * @param allowance what a fresh one allows
 * @param threshold one with less left is replaced
 */
public record FundingSettings(BigInteger allowance, BigInteger threshold) {}
