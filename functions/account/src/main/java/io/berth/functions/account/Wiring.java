package io.berth.functions.account;

import io.berth.domain.account.Activation;
import io.berth.domain.funding.Funding;
import io.berth.runtime.Services;

/** Puts the account functions together. */
final class Wiring {
  private Wiring() {}

  static Activation activation() {
    return Services.activation();
  }

  static Funding funding() {
    return Services.funding();
  }
}
