package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/compatibility.md} says is shown by a test is: the tests that it names exist. */
class CompatibilityTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    Map<String, String> tests = tests();
    String document = Files.readString(RunningBerth.root().resolve("docs/compatibility.md"));
    for (MatchResult named : NAMED.matcher(document).results().toList()) {
      assertThat(tests).as(named.group()).containsKey(named.group(1));
      Optional.ofNullable(named.group(2))
          .ifPresent(
              method ->
                  assertThat(tests.get(named.group(1)))
                      .as(named.group())
                      .contains("void " + method + "("));
    }
    assertThat(NAMED.matcher(document).results()).hasSizeGreaterThan(40);
  }

  /** Source by the class's name; of two with one name, both. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (String folder : List.of("functions", "shared", "local")) {
      try (Stream<Path> files = Files.walk(RunningBerth.root().resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> tests.merge(className(file), text(file), String::concat));
      }
    }
    return tests;
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
