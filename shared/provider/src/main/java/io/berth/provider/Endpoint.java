package io.berth.provider;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a provider's gateway is. Its addresses are resolved and checked once; connections go to
 * these and no others, whatever the name resolves to later.
 *
 * @param addresses at least one, each allowed by the policy
 */
record Endpoint(String host, int port, List<InetAddress> addresses) {
  private static final int HTTPS = 443;

  /** A domain name of at least two labels whose last is no number (RFC 1123, RFC 3696). */
  private static final Pattern DOMAIN_NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,126}[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private static final List<String> PRIVATE_ENDINGS =
      List.of(".local", ".localhost", ".internal", ".home.arpa");

  Endpoint {
    addresses = List.copyOf(addresses);
  }

  /** Looks a host name up. */
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /** The URI is not one that a provider may have. Says why without repeating it. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Checks a provider's {@code host_uri} and resolves it.
   *
   * @throws RefusedException if the URI, or any one address of its host, is not allowed
   * @throws UnknownHostException if the host has no address
   */
  static Endpoint of(String hostUri, AddressPolicy policy, Resolver resolver)
      throws RefusedException, UnknownHostException {
    URI uri = parse(hostUri);
    require("https".equalsIgnoreCase(uri.getScheme()), "its URI is not https");
    require(uri.getHost() != null, "its URI names no host");
    require(uri.getRawUserInfo() == null, "its URI has a user");
    require(uri.getRawQuery() == null && uri.getRawFragment() == null, "its URI has a query");
    require(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"), "its URI has a path");
    int port = uri.getPort() == -1 ? HTTPS : uri.getPort();
    require(policy.allowsPort(port), "its port is not allowed");
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    require(policy.allowsBareHost() || isPublicName(host), "its host is no public domain name");

    List<InetAddress> addresses = resolver.resolve(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException();
    }
    require(
        addresses.stream().allMatch(policy::allowsAddress),
        "its host has an address that is not public");
    return new Endpoint(host, port, addresses);
  }

  private static URI parse(String hostUri) throws RefusedException {
    try {
      return new URI(hostUri);
    } catch (URISyntaxException e) {
      throw new RefusedException("its URI is malformed");
    }
  }

  private static boolean isPublicName(String host) {
    return DOMAIN_NAME.matcher(host).matches()
        && PRIVATE_ENDINGS.stream().noneMatch(host::endsWith);
  }

  private static void require(boolean holds, String otherwise) throws RefusedException {
    if (!holds) {
      throw new RefusedException(otherwise);
    }
  }
}
