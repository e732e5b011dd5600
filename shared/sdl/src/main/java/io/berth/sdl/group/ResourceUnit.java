package io.berth.sdl.group;

/**
 * Replicas with equal resources.
 *
 * @param count number of replicas
 * @param price most to pay per block for each replica
 */
public record ResourceUnit(Resources resources, int count, Price price) {}
