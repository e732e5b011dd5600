package io.berth.local.stack;

import io.berth.local.oidc.LocalIdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the local system runs.
 *
 * @param root the checkout, where {@code template.yaml} is
 * @param port where the API answers; 0 for any
 * @param blockTime time between the devnet's blocks
 * @param data folder that keeps the state over restarts; empty to keep nothing
 * @param identityProvider whose tokens people may come with; empty for API keys only
 * @param keyCache how long the authorizer trusts a key that it looked up: zero unless that is what
 *     is looked at, so that what is revoked stops at once
 */
public record LocalOptions(
    Path root,
    int port,
    Duration blockTime,
    Optional<Path> data,
    Optional<IdentityProvider> identityProvider,
    Duration keyCache) {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s)?");

  /** Without an identity provider. */
  public LocalOptions(Path root, int port, Duration blockTime, Optional<Path> data) {
    this(root, port, blockTime, data, Optional.empty(), Duration.ZERO);
  }

  /**
   * An OpenID Connect provider.
   *
   * @param issuer {@code iss} of its tokens
   * @param audience {@code aud} of those meant for Berth
   * @param keySetUri where its keys are
   */
  public record IdentityProvider(String issuer, String audience, String keySetUri) {

    /** One of this machine. */
    public static IdentityProvider of(LocalIdentityProvider local) {
      return new IdentityProvider(
          local.issuer(), LocalIdentityProvider.CLIENT_ID, local.keySetUri());
    }
  }

  /** The same, with an identity provider. */
  public LocalOptions with(IdentityProvider provider) {
    return new LocalOptions(root, port, blockTime, data, Optional.of(provider), keyCache);
  }

  /** The same, with an authorizer that trusts keys for a while. */
  public LocalOptions trustingKeysFor(Duration time) {
    return new LocalOptions(root, port, blockTime, data, identityProvider, time);
  }

  /**
   * Options from {@code BERTH_PORT} (3000), {@code BERTH_BLOCK_TIME} ({@code 1s}; also {@code
   * 500ms}) and {@code BERTH_DATA}.
   *
   * @throws IllegalArgumentException naming the variable that is malformed
   */
  static LocalOptions of(Path root, Map<String, String> environment) {
    return new LocalOptions(
        root,
        port(environment.getOrDefault("BERTH_PORT", "3000")),
        time(environment.getOrDefault("BERTH_BLOCK_TIME", "1s")),
        Optional.ofNullable(environment.get("BERTH_DATA"))
            .filter(text -> !text.isBlank())
            .map(Path::of));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException("BERTH_PORT must be a port, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "BERTH_BLOCK_TIME must be a time such as 1s or 500ms, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return "ms".equals(matcher.group(2)) ? Duration.ofMillis(number) : Duration.ofSeconds(number);
  }
}
