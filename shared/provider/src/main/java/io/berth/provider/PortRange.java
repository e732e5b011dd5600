package io.berth.provider;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP ports from the first to the last, both included; 1 to 65535. */
public record PortRange(int first, int last) {
  private static final int MAX_PORT = 0xffff;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  /**
   * @throws IllegalArgumentException unless {@code 1 ≤ first ≤ last ≤ 65535}
   */
  public PortRange {
    if (first < 1 || first > last || last > MAX_PORT) {
      throw new IllegalArgumentException("no ports from " + first + " to " + last);
    }
  }

  /**
   * Reads {@code 443} or {@code 1024-65535}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static PortRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("neither a port nor a range of ports: " + text);
    }
    int first = Integer.parseInt(matcher.group(1));
    return new PortRange(
        first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
  }

  boolean contains(int port) {
    return first <= port && port <= last;
  }
}
