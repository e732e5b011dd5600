package io.berth.domain.akash;

import io.berth.sdl.group.Attribute;
import java.util.List;

/** Attributes of a provider that an auditor has signed; addresses are bech32. */
public record SignedAttributes(String provider, String auditor, List<Attribute> attributes) {
  public SignedAttributes {
    attributes = List.copyOf(attributes);
  }
}
