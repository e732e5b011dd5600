package io.berth.local.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README.md tells which test shows what Berth makes of each failure; they are there. */
class ReadmeTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Path CHECKOUT = HERE.getParent().getParent();
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");
  private static final Pattern PERSONA = Pattern.compile("`([A-Z]{2,}(?:_[A-Z]+)*)`");

  private final String readme = read(HERE.resolve("README.md"));

  @Test
  void everyTestItNamesIsThere() throws IOException {
    Map<String, Path> tests = testClasses();
    List<String> missing =
        TEST.matcher(readme)
            .results()
            .filter(
                name ->
                    !tests.containsKey(name.group(1))
                        || !read(tests.get(name.group(1))).contains("void " + name.group(2) + "("))
            .map(name -> name.group())
            .toList();

    assertThat(TEST.matcher(readme).results().count()).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  @Test
  void itNamesEveryPersonaAndNoOther() {
    Set<String> named =
        PERSONA.matcher(readme).results().map(name -> name.group(1)).collect(Collectors.toSet());

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Persona.values()).map(Persona::name).toList());
  }

  private static Map<String, Path> testClasses() throws IOException {
    Map<String, Path> found = new HashMap<>();
    for (String root : List.of("shared", "local")) {
      Files.walkFileTree(
          CHECKOUT.resolve(root),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith("target")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (name.endsWith("Test.java")) {
                found.put(name.replace(".java", ""), file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
