package io.berth.domain.akash;

import io.berth.sdl.group.Attribute;
import java.util.List;

/**
 * A provider's record on the chain.
 *
 * @param owner bech32 address
 * @param hostUri base URL of its gateway; chosen by the provider, so hostile input
 */
public record Provider(String owner, String hostUri, List<Attribute> attributes) {
  public Provider {
    attributes = List.copyOf(attributes);
  }
}
