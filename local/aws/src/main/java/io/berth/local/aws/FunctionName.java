package io.berth.local.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a function may be named by: name, partial or full ARN, each perhaps with a qualifier. */
public final class FunctionName {
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(?:arn:[a-z-]+:lambda:[a-z0-9-]+:)?\\d{12}:function:)?"
              + "(?<name>[A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9$_-]+)?");

  private FunctionName() {}

  /** The bare name in any of its forms; empty if the text names no function. */
  public static Optional<String> of(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group("name")) : Optional.empty();
  }
}
