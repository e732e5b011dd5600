package io.berth.local.gateway;

import java.time.Duration;

/**
 * When a function runs by itself.
 *
 * @param every the time from one start to the next
 */
public record Schedule(String function, Duration every) {}
