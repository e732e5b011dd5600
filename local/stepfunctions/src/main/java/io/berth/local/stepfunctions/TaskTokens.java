package io.berth.local.stepfunctions;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The tokens of tasks that wait for a report. A token tells whose it is, so none is kept after. */
final class TaskTokens {
  private static final String MARK = "task|";

  private final RandomGenerator random;
  private final Map<String, TaskRun> open = new HashMap<>();

  TaskTokens(RandomGenerator random) {
    this.random = random;
  }

  /** A new token. */
  String issue(String executionArn) {
    String content = MARK + executionArn + "|" + Long.toHexString(random.nextLong());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }

  void register(String token, TaskRun task) {
    open.put(token, task);
  }

  void close(String token) {
    open.remove(token);
  }

  /** The task that waits for a report with this token. */
  Optional<TaskRun> find(String token) {
    return Optional.ofNullable(open.get(token));
  }

  /** The execution that a token was issued to; empty if no such token is ever issued. */
  static Optional<String> execution(String token) {
    try {
      String content = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int end = content.lastIndexOf('|');
      return content.startsWith(MARK) && end > MARK.length()
          ? Optional.of(content.substring(MARK.length(), end))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
