package io.berth.functions.authorizer;

import io.berth.domain.account.Authenticator;
import io.berth.runtime.Adapters;
import io.berth.runtime.Services;
import io.berth.runtime.Settings;
import java.time.InstantSource;

/** Puts the authorizer together. */
final class Wiring {
  private Wiring() {}

  static Authenticator authenticator() {
    return new Authenticator(
        Adapters.apiKeys(),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Services.pepper(),
        InstantSource.system());
  }
}
