package io.berth.functions.bids;

import io.berth.domain.deployment.Leasing;
import io.berth.domain.provider.ProviderCatalog;
import io.berth.runtime.Services;

/** Puts the bid functions together. */
final class Wiring {
  private Wiring() {}

  static ProviderCatalog providers() {
    return Services.providerCatalog();
  }

  static Leasing leasing() {
    return Services.leasing();
  }
}
