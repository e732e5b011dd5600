package io.berth.bench.coldstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code make package} laid out. */
record Packaged(Path folder) {

  /** A function's own jars and those of the layer. */
  List<Path> classPath(String codeUri) {
    return Stream.concat(
            jars(folder.resolve(codeUri).resolve("lib")).stream(),
            jars(folder.resolve("layers/common/java/lib")).stream())
        .toList();
  }

  /** The jars of all functions, each once. */
  List<Path> everything() {
    try (Stream<Path> areas = Files.list(folder.resolve("functions"))) {
      return areas
          .map(area -> "functions/" + area.getFileName())
          .sorted()
          .flatMap(area -> classPath(area).stream())
          .collect(
              java.util.stream.Collectors.toMap(
                  Path::getFileName, jar -> jar, (first, same) -> first, java.util.TreeMap::new))
          .values()
          .stream()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("make package comes first: " + folder, e);
    }
  }

  static long bytes(List<Path> jars) {
    return jars.stream().mapToLong(jar -> jar.toFile().length()).sum();
  }
}
