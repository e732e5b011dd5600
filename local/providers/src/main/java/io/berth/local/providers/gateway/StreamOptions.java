package io.berth.local.providers.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters of logs and events as Go does. */
final class StreamOptions {
  private static final List<String> TRUE = List.of("1", "t", "T", "true", "TRUE", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "false", "FALSE", "False");

  private StreamOptions() {}

  /**
   * The options in a query.
   *
   * @throws IllegalArgumentException with the text that providers answer
   */
  static Feed.Options parse(Map<String, String> query) {
    String services = query.getOrDefault("service", "");
    if (services.endsWith(",")) {
      throw new IllegalArgumentException("parameter \"service\" must not contain trailing comma");
    }
    return new Feed.Options(
        follow(query.getOrDefault("follow", "")),
        services.isEmpty() ? List.of() : List.of(services.split(",", -1)),
        tail(query.getOrDefault("tail", "")));
  }

  private static boolean follow(String text) {
    if (!text.isEmpty() && !TRUE.contains(text) && !FALSE.contains(text)) {
      throw new IllegalArgumentException(
          "strconv.ParseBool: parsing \"%s\": invalid syntax".formatted(text));
    }
    return TRUE.contains(text);
  }

  private static Optional<Integer> tail(String text) {
    int tail = text.isEmpty() ? -1 : number(text);
    if (tail < -1) {
      throw new IllegalArgumentException("parameter \"tail\" contains invalid value");
    }
    return tail == -1 ? Optional.empty() : Optional.of(tail);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text), e);
    }
  }
}
