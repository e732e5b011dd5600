package io.berth.domain.limit;

import java.time.Duration;

/**
 * One limit, and how much of it is left.
 *
 * @param name {@code key} or {@code user}
 * @param limit how many requests a window allows
 * @param window how long a window is
 * @param remaining how many it still allows; never below zero
 * @param reset until the next window, whole seconds rounded up
 */
public record Quota(String name, long limit, Duration window, long remaining, Duration reset) {}
