package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.domain.account.KeyEditor;
import io.berth.domain.account.KeyIssuer;
import io.berth.domain.request.SafeRetries;
import io.berth.http.AuditTrail;
import io.berth.runtime.AuditTrails;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Retries;
import io.berth.runtime.Secrets;
import io.berth.runtime.Settings;
import io.berth.store.DynamoApiKeys;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts the API key functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return AuditTrails.trail();
  }

  static SafeRetries retries() {
    return Retries.safe();
  }

  static ApiKeys keys() {
    return new DynamoApiKeys(AwsClients.dynamoDb(), Settings.require("BERTH_API_KEYS_TABLE"));
  }

  static KeyEditor editor() {
    return new KeyEditor(keys(), InstantSource.system());
  }

  static KeyIssuer issuer() {
    return new KeyIssuer(
        keys(),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Secrets.pepper(),
        new SecureRandom(),
        InstantSource.system());
  }
}
