package io.berth.local.providers.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token may allow. */
public enum Scope {
  SEND_MANIFEST,
  GET_MANIFEST,
  LOGS,
  SHELL,
  EVENTS,
  STATUS,
  RESTART,
  HOSTNAME_MIGRATE,
  IP_MIGRATE,
  ATTESTATION;

  static Optional<Scope> named(String name) {
    return Arrays.stream(values()).filter(scope -> scope.claim().equals(name)).findFirst();
  }

  /** The word in the token. */
  String claim() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
