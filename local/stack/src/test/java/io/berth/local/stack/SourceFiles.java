package io.berth.local.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The text files of the checkout that people write: sources, documents and templates. */
final class SourceFiles {
  private static final Pattern WRITTEN = Pattern.compile(".*\\.(?:java|md|yaml|tsx?)");
  private static final Set<String> NOT_WRITTEN = Set.of("target", "node_modules", ".git", ".ci");
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*(?:\\*(?!/)|#+|//+)?\\s*");

  private SourceFiles() {}

  /** The text files at or below each of the roots, as paths relative to the checkout. */
  static List<Path> below(Collection<String> roots) throws IOException {
    Path checkout = RunningBerth.root();
    List<Path> found = new ArrayList<>();
    for (String root : roots) {
      Files.walkFileTree(
          checkout.resolve(root),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_WRITTEN.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (WRITTEN.matcher(file.getFileName().toString()).matches()) {
                found.add(checkout.relativize(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return found.stream().sorted().toList();
  }

  /** The text of a file as it is. */
  static String text(Path file) throws IOException {
    return Files.readString(RunningBerth.root().resolve(file));
  }

  /** The text of a file in one line, see {@link #unwrapped(String)}. */
  static String unwrapped(Path file) throws IOException {
    return unwrapped(text(file));
  }

  /** A text in one line, so that a phrase is found where a comment or a paragraph wraps. */
  static String unwrapped(String text) {
    return LINE_BREAK.matcher(text).replaceAll(" ");
  }
}
