package io.berth.functions.apikeys;

import io.berth.domain.account.Access;
import io.berth.domain.account.Scope;
import io.berth.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fields of a key that several requests have. */
final class KeyFields {
  private static final int MAX_NAME = 40;
  private static final List<String> SCOPES =
      Stream.of(Scope.values()).map(Scope::text).sorted().toList();

  private KeyFields() {}

  /** 1 to 40 characters. */
  static String name(Fields data) {
    return data.string("name", 1, MAX_NAME);
  }

  /** In the future; empty for never. */
  static Optional<Instant> expiresAt(Fields data, Instant now) {
    return data.optionalFuture("expiresAt", now);
  }

  /** At least one scope; full access if null. */
  static Access access(Fields data) {
    return data.isPresent("scopes") ? Access.of(data.someOf("scopes", SCOPES)) : new Access.Full();
  }
}
