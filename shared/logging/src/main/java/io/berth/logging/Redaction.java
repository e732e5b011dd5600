package io.berth.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what looks like a secret. Berth logs none; this is for the day when a library
 * or a mistake does. What has no shape of its own, such as a private key in hexadecimal beside a
 * transaction's hash, it cannot tell.
 */
public final class Redaction {
  private record Rule(Pattern secret, String replacement) {}

  private static final String HIDDEN = "[redacted]";
  private static final List<Rule> RULES =
      List.of(
          // An API key, whole or cut.
          new Rule(Pattern.compile("\\b(ac\\.sk\\.[a-z]+\\.)[0-9a-fA-F]{7,}"), "$1" + HIDDEN),
          // A JSON Web Token: two parts of base64url JSON and a signature, which may be cut.
          new Rule(Pattern.compile("\\beyJ[\\w-]{5,}\\.[\\w-]+(\\.[\\w-]*)?"), HIDDEN),
          new Rule(Pattern.compile("(?i)\\b(bearer\\s+)[\\w.~+/=-]+"), "$1" + HIDDEN),
          // A mnemonic: as many words of its form in a row as the shortest has.
          new Rule(Pattern.compile("\\b(?:[a-z]{3,8}[ ,]+){11,}[a-z]{3,8}\\b"), HIDDEN));

  private Redaction() {}

  /** The text without what looks like a secret. */
  public static String of(String text) {
    String redacted = text;
    for (Rule rule : RULES) {
      redacted = rule.secret().matcher(redacted).replaceAll(rule.replacement());
    }
    return redacted;
  }
}
