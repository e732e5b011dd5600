package io.berth.domain.provider;

import java.util.Locale;

/** What a token lets its bearer do at a provider (AEP-64). */
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
  /** Newer than the others: an old provider refuses a token that lists it. */
  ATTESTATION;

  /** The name in a token, such as {@code send-manifest}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The scope of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scope of(String text) {
    for (Scope scope : values()) {
      if (scope.text().equals(text)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("unknown scope");
  }
}
