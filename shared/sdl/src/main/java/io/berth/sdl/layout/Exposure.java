package io.berth.sdl.layout;

import io.berth.sdl.group.Endpoint;
import io.berth.sdl.model.Expose.HttpOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to reach a service: an expose entry with one of its targets, as the manifest has it.
 *
 * @param externalPort as written; 0 for the same port
 * @param sequenceNumber number of the leased address; 0 for none
 */
record Exposure(
    int port,
    int externalPort,
    String protocol,
    String service,
    boolean global,
    Optional<List<String>> hosts,
    HttpOptions http,
    String ip,
    int sequenceNumber) {

  private static final int HTTP = 80;

  /** What a provider must open for it: nothing unless it is global. */
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    if (global) {
      int outside = externalPort == 0 ? port : externalPort;
      boolean http = protocol.equals("TCP") && outside == HTTP;
      endpoints.add(new Endpoint(http ? Endpoint.Kind.SHARED_HTTP : Endpoint.Kind.RANDOM_PORT, 0));
      if (!ip.isEmpty()) {
        endpoints.add(new Endpoint(Endpoint.Kind.LEASED_IP, sequenceNumber));
      }
    }
    return endpoints;
  }
}
