package io.berth.functions.authorizer;

import io.berth.domain.account.Authenticator;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Secrets;
import io.berth.runtime.Settings;
import io.berth.store.DynamoApiKeys;
import java.time.InstantSource;

/** Puts the authorizer together. */
final class Wiring {
  private Wiring() {}

  static Authenticator authenticator() {
    return new Authenticator(
        new DynamoApiKeys(AwsClients.dynamoDb(), Settings.require("BERTH_API_KEYS_TABLE")),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Secrets.pepper(),
        InstantSource.system());
  }
}
