package io.berth.sdl.model;

import java.util.List;
import java.util.Optional;

/**
 * A port that a service offers.
 *
 * @param as port as others see it; 0 for the same
 * @param protocol {@code TCP} or {@code UDP}
 * @param accept host names; empty if the SDL has no list
 */
public record Expose(
    int port,
    int as,
    String protocol,
    Optional<List<String>> accept,
    List<To> to,
    HttpOptions http) {
  public Expose {
    accept = accept.map(List::copyOf);
    to = List.copyOf(to);
  }

  /** The port that counts outside. */
  public int externalPort() {
    return as == 0 ? port : as;
  }

  /**
   * Who may reach it.
   *
   * @param service one service of the deployment; empty for all
   * @param global whether the world may
   * @param ip name of a leased address; empty for none
   */
  public record To(String service, boolean global, String ip) {}

  /** How an HTTP proxy in front behaves; sizes in bytes, times in milliseconds. */
  public record HttpOptions(
      Optional<Long> maxBodySize,
      Optional<Long> readTimeout,
      Optional<Long> sendTimeout,
      Optional<Long> nextTries,
      Optional<Long> nextTimeout,
      Optional<List<String>> nextCases,
      Optional<Long> proxyBufferSize) {
    public HttpOptions {
      nextCases = nextCases.map(List::copyOf);
    }

    /** Nothing said. */
    public static HttpOptions none() {
      return new HttpOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
