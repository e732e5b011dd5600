package io.berth.sdl.group;

import java.util.List;

/**
 * Auditors that must have signed a provider's attributes.
 *
 * @param allOf bech32 addresses of auditors that must all have signed
 * @param anyOf bech32 addresses of auditors of whom at least one must have signed
 */
public record SignedBy(List<String> allOf, List<String> anyOf) {
  public SignedBy {
    allOf = List.copyOf(allOf);
    anyOf = List.copyOf(anyOf);
  }
}
