package io.berth.functions.authorizer;

import io.berth.domain.account.Authenticator;
import io.berth.domain.account.Users;
import io.berth.domain.limit.RateLimiter;
import io.berth.runtime.Adapters;
import io.berth.runtime.Services;
import io.berth.runtime.Settings;
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
        Adapters.apiKeys(),
        Settings.require("BERTH_KEY_ENVIRONMENT"),
        Services.pepper(),
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
        Adapters.requestCounts(),
        new RateLimiter.Limits(
            Long.parseLong(Settings.require("BERTH_REQUESTS_PER_KEY")),
            Long.parseLong(Settings.require("BERTH_REQUESTS_PER_USER")),
            Duration.ofSeconds(Long.parseLong(Settings.require("BERTH_LIMIT_WINDOW_SECONDS")))),
        InstantSource.system());
  }

  static Users users() {
    return Adapters.users();
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("BERTH_OIDC_KEY_SET_URI is no URL: " + text, e);
    }
  }
}
