package io.berth.domain.akash;

import io.berth.sdl.group.Resources;

/** The resources that a bid offers, {@code count} times. */
public record ResourceOffer(Resources resources, int count) {}
