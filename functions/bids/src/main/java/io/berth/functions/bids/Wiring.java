package io.berth.functions.bids;

import io.berth.domain.deployment.Leasing;
import io.berth.runtime.Services;

/** Puts the bid functions together. */
final class Wiring {
  private Wiring() {}

  static Leasing leasing() {
    return Services.leasing();
  }
}
