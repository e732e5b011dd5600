package io.berth.functions.authorizer;

import io.berth.domain.account.Authenticator;
import io.berth.domain.account.Users;
import io.berth.domain.limit.RateLimiter;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Secrets;
import io.berth.runtime.Settings;
import io.berth.store.DynamoApiKeys;
import io.berth.store.DynamoRequestCounts;
import io.berth.store.DynamoUsers;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the authorizer together. */
final class Wiring {
  private Wiring() {}

  static Authenticator authenticator() {
    return new Authenticator(
        new DynamoApiKeys(AwsClients.dynamoDb(), Settings.require("BERTH_API_KEYS_TABLE")),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Secrets.pepper(),
        Duration.ofSeconds(Long.parseLong(Settings.require("BERTH_KEY_CACHE_SECONDS"))),
        InstantSource.system());
  }

  /** Empty if no identity provider is set: then there are keys only. */
  static Optional<BearerTokens> tokens() {
    return Settings.find("BERTH_OIDC_ISSUER")
        .map(
            issuer ->
                new BearerTokens(
                    issuer,
                    Settings.require("BERTH_OIDC_AUDIENCE"),
                    BearerTokens.keys(url(Settings.require("BERTH_OIDC_KEY_SET_URI"))),
                    InstantSource.system()));
  }

  static RateLimiter limiter() {
    return new RateLimiter(
        new DynamoRequestCounts(
            AwsClients.dynamoDb(), Settings.require("BERTH_REQUEST_COUNTS_TABLE")),
        new RateLimiter.Limits(
            Long.parseLong(Settings.require("BERTH_REQUESTS_PER_KEY")),
            Long.parseLong(Settings.require("BERTH_REQUESTS_PER_USER")),
            Duration.ofSeconds(Long.parseLong(Settings.require("BERTH_LIMIT_WINDOW_SECONDS")))),
        InstantSource.system());
  }

  static Users users() {
    return new DynamoUsers(AwsClients.dynamoDb(), Settings.require("BERTH_USERS_TABLE"));
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("BERTH_OIDC_KEY_SET_URI is no URL: " + text, e);
    }
  }
}
