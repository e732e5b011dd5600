package io.berth.local.stack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Something that must be found nowhere, or only where it is meant to be.
 *
 * @param name what it is; never the secret itself
 * @param in whether a text shows it
 * @param mayBeAt the places where it is meant to be
 */
record Secret(String name, Predicate<String> in, Predicate<String> mayBeAt) {
  /** So many words of a mnemonic in their order are no accident. */
  private static final int TELLING_WORDS = 4;

  static Secret nowhere(String name, Predicate<String> in) {
    return new Secret(name, in, place -> false);
  }

  /** A mnemonic: some of its words in sequence, whatever stands between them. */
  static Secret ofPhrase(String name, String phrase) {
    List<String> words = List.of(phrase.split(" "));
    List<String> runs =
        IntStream.rangeClosed(0, words.size() - TELLING_WORDS)
            .mapToObj(at -> " " + String.join(" ", words.subList(at, at + TELLING_WORDS)) + " ")
            .toList();
    return nowhere(
        name,
        text -> {
          String plain =
              " " + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ").strip() + " ";
          return runs.stream().anyMatch(plain::contains);
        });
  }

  /** Bytes in any of their {@link #forms}. */
  static Secret ofBytes(String name, byte[] bytes) {
    List<String> forms = forms(bytes);
    return nowhere(name, text -> forms.stream().anyMatch(text::contains));
  }

  static Secret ofText(String name, String text, Predicate<String> mayBeAt) {
    return new Secret(name, where -> where.contains(text), mayBeAt);
  }

  /** As text, hexadecimal, base64, and Java's and JSON's lists of numbers. */
  static List<String> forms(byte[] bytes) {
    String numbers = Arrays.toString(bytes);
    String inner = numbers.substring(1, numbers.length() - 1);
    return List.of(
        new String(bytes, StandardCharsets.ISO_8859_1),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        inner,
        inner.replace(" ", ""));
  }
}
