package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.domain.account.Activation;
import io.berth.runtime.Services;

/** Puts the account functions together. */
final class Wiring {
  private Wiring() {}

  static AccountReader accounts() {
    return Services.accountReader();
  }

  static Activation activation() {
    return Services.activation();
  }
}
