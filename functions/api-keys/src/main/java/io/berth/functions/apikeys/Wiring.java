package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.domain.account.KeyEditor;
import io.berth.domain.account.KeyIssuer;
import io.berth.http.AuditTrail;
import io.berth.runtime.Adapters;
import io.berth.runtime.Services;
import io.berth.runtime.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts the API key functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return Services.auditTrail();
  }

  static ApiKeys keys() {
    return Adapters.apiKeys();
  }

  static KeyEditor editor() {
    return new KeyEditor(Adapters.apiKeys(), InstantSource.system());
  }

  static KeyIssuer issuer() {
    return new KeyIssuer(
        Adapters.apiKeys(),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Services.pepper(),
        new SecureRandom(),
        InstantSource.system());
  }
}
