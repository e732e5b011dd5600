package io.berth.domain.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person, as the identity provider knows them.
 *
 * @param subject the provider's id of them; the same as the user's id here
 * @param emailVerified whether the provider saw that the address is theirs
 */
public record Identity(String subject, Optional<String> email, boolean emailVerified) {
  /** What may stand in keys, paths of purposes and encryption contexts alike. */
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:@|-]{1,128}");

  public Identity {
    if (!isSubject(subject)) {
      throw new IllegalArgumentException("a subject has 1 to 128 of A-Z a-z 0-9 . _ : @ | -");
    }
  }

  /** Whether this can be a subject: 1 to 128 of letters, digits and {@code . _ : @ | -}. */
  public static boolean isSubject(String text) {
    return SUBJECT.matcher(text).matches();
  }
}
