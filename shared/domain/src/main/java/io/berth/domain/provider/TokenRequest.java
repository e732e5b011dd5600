package io.berth.domain.provider;

import java.util.List;

/**
 * What a provider token shall allow, and no more.
 *
 * @param userId whose wallet signs
 * @param provider bech32 address of the one provider that may accept it
 * @param scopes such as {@code send-manifest}, {@code status}, {@code logs}, {@code events}
 */
public record TokenRequest(String userId, String provider, List<String> scopes) {
  public TokenRequest {
    scopes = List.copyOf(scopes);
  }
}
