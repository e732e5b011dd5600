package io.berth.sdl;

import java.util.Optional;

/**
 * One mistake in an SDL.
 *
 * @param message what is wrong, for people; cut off after 400 characters, as it may quote the SDL
 * @param rule short stable name of the broken rule, such as {@code required} or {@code
 *     unknown-field}
 * @param pointer JSON pointer (RFC 6901) to the place, such as {@code /services/web/image}
 * @param line line in the text, from 1
 * @param column column in the line, from 1
 * @param suggestion what may have been meant; cut off likewise
 */
public record Problem(
    String message,
    String rule,
    String pointer,
    int line,
    int column,
    Optional<String> suggestion) {
  private static final int LONGEST = 400;

  public Problem {
    message = shortened(message);
    suggestion = suggestion.map(Problem::shortened);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean halvesPair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, halvesPair ? LONGEST - 1 : LONGEST) + "…";
  }
}
