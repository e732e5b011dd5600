package io.berth.domain.account;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may be done with a key: everything, or what its scopes name. */
public sealed interface Access {
  /** Full access among texts. */
  String EVERYTHING = "*";

  /** Everything that the user may do, now and with later versions. */
  record Full() implements Access {}

  /** What the scopes name, and what needs no scope. */
  record Limited(Set<Scope> scopes) implements Access {
    public Limited {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Whether all of these scopes are in it. */
  default boolean allows(Set<Scope> needed) {
    return switch (this) {
      case Full full -> true;
      case Limited(Set<Scope> scopes) -> scopes.containsAll(needed);
    };
  }

  /** Whether whoever has this access may hand the other one on. */
  default boolean covers(Access other) {
    return switch (other) {
      case Full full -> this instanceof Full;
      case Limited(Set<Scope> scopes) -> allows(scopes);
    };
  }

  /** The scopes' texts in order; {@code *} for full access, which is so never there by omission. */
  default List<String> texts() {
    return switch (this) {
      case Full full -> List.of(EVERYTHING);
      case Limited(Set<Scope> scopes) -> new TreeSet<>(scopes).stream().map(Scope::text).toList();
    };
  }

  /**
   * The access with these texts as {@link #texts()} writes them. A text that is no scope allows
   * nothing.
   */
  static Access of(List<String> texts) {
    return texts.equals(List.of(EVERYTHING))
        ? new Full()
        : new Limited(Set.copyOf(texts.stream().flatMap(text -> Scope.of(text).stream()).toList()));
  }
}
