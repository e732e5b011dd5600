package io.berth.domain.budget;

/**
 * A row before and after.
 *
 * @param seen as it was read
 * @param next what it becomes, if it is still as it was seen
 */
public record Revision<T>(T seen, T next) {}
