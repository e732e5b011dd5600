package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.domain.account.Activation;
import io.berth.domain.settings.UserSettings;
import io.berth.runtime.Adapters;
import io.berth.runtime.Services;

/** Puts the account functions together. */
final class Wiring {
  private Wiring() {}

  static AccountReader accounts() {
    return Services.accountReader();
  }

  static UserSettings settings() {
    return Adapters.settings();
  }

  static Activation activation() {
    return Services.activation();
  }
}
