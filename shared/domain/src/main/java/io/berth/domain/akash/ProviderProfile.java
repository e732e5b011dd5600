package io.berth.domain.akash;

/**
 * A provider as it presents itself on the chain; everything but the owner is its own choice.
 *
 * @param email may be empty
 * @param website may be empty
 */
public record ProviderProfile(Provider provider, String email, String website) {}
