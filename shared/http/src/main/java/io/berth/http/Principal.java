package io.berth.http;

import java.util.List;

/** Who calls, as the authorizer found. */
public record Principal(String userId, String keyId, List<String> scopes) {
  public Principal {
    scopes = List.copyOf(scopes);
  }
}
