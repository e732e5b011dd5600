package io.berth.functions.authorizer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a request brings to say who calls. */
sealed interface Credentials {

  /** Nothing of the kinds that Berth knows. */
  record None() implements Credentials {}

  /** A key and an {@code Authorization} at once: it is not clear who is meant. */
  record Both() implements Credentials {}

  /** {@code x-api-key}. */
  record Key(String text) implements Credentials {
    @Override
    public String toString() {
      return "Key[hidden]";
    }
  }

  /** {@code Authorization: Bearer}. */
  record Token(String text) implements Credentials {
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /**
   * Reads a request's headers, their names in any case. A header that is there twice counts as one
   * with both values, which is no key and no token.
   */
  static Credentials of(Map<String, List<String>> headers) {
    TreeMap<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) ->
            anyCase.merge(
                name,
                values,
                (some, more) ->
                    java.util.stream.Stream.concat(some.stream(), more.stream()).toList()));
    boolean hasKey = anyCase.containsKey("x-api-key");
    boolean hasAuthorization = anyCase.containsKey("authorization");
    if (hasKey && hasAuthorization) {
      return new Both();
    }
    if (hasKey) {
      return new Key(String.join(", ", anyCase.get("x-api-key")));
    }
    return hasAuthorization
        ? authorization(String.join(", ", anyCase.get("authorization")))
        : new None();
  }

  private static Credentials authorization(String value) {
    String[] parts = value.strip().split(" +", 2);
    boolean bearer = parts[0].toLowerCase(Locale.ROOT).equals("bearer");
    return bearer && parts.length == 2 ? new Token(parts[1]) : new None();
  }
}
