package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import io.berth.sdl.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every document. Random choices come from fixed seeds, so a failure repeats. */
class PropertiesTest {

  static Stream<Path> documents() {
    return Stream.concat(Fixtures.cases("sdl/valid"), Fixtures.cases("sdl-ts/valid"));
  }

  static Stream<Path> allDocuments() {
    return Stream.of("sdl/valid", "sdl/invalid", "sdl-ts/valid", "sdl-ts/invalid")
        .flatMap(Fixtures::cases);
  }

  /** Prints a value as JSON-like YAML, its keys in an order of the random generator's choice. */
  private static String print(YamlValue value, Random random) {
    return switch (value) {
      case YamlValue.Text text -> quoted(text.text());
      case YamlValue.Numeric number -> number.source();
      case YamlValue.Bool bool -> Boolean.toString(bool.value());
      case YamlValue.Null none -> "null";
      case YamlValue.Other other -> other.source();
      case YamlValue.Sequence sequence ->
          sequence.items().stream()
              .map(item -> print(item, random))
              .collect(Collectors.joining(", ", "[", "]"));
      case YamlValue.Mapping mapping -> {
        List<Map.Entry<String, YamlValue.Entry>> entries =
            new ArrayList<>(mapping.entries().entrySet());
        Collections.shuffle(entries, random);
        yield entries.stream()
            .map(entry -> quoted(entry.getKey()) + ": " + print(entry.getValue().value(), random))
            .collect(Collectors.joining(", ", "{", "}"));
      }
    };
  }

  /** JSON lets characters stand that YAML wants escaped. */
  private static String quoted(String text) {
    StringBuilder yaml = new StringBuilder();
    Fixtures.JSON
        .writeValueAsString(text)
        .codePoints()
        .forEach(
            c -> {
              if (c >= 0x7f && c <= 0x9f) {
                yaml.append("\\u%04x".formatted(c));
              } else {
                yaml.appendCodePoint(c);
              }
            });
    return yaml.toString();
  }

  /** Parsed, printed with its keys shuffled, and parsed again: the same plan, the same hash. */
  @ParameterizedTest
  @MethodSource("documents")
  void printingAndTheOrderOfKeysChangeNothing(Path folder) {
    String text = Fixtures.text(folder, "input.yaml");
    YamlValue value = ((YamlResult.Read) Yaml.read(text)).value();
    for (Layout layout : Layout.values()) {
      SdlOptions options = SdlOptions.asWritten(layout);
      SdlResult original = Sdl.plan(text, options);
      for (int seed = 0; seed < 3; seed++) {
        SdlResult again = Sdl.plan(print(value, new Random(seed)), options);
        if (original instanceof SdlResult.Valid) {
          assertThat(again).isEqualTo(original);
        } else {
          assertThat(again).hasSameClassAs(original);
        }
      }
    }
  }

  /** Whatever is done to a document, the answer is a plan or problems with places. */
  @ParameterizedTest
  @MethodSource("allDocuments")
  void mutilatedDocumentsAreAnsweredToo(Path folder) {
    String text = Fixtures.text(folder, "input.yaml");
    Random random = new Random(folder.getFileName().toString().hashCode());
    for (int round = 0; round < 40; round++) {
      String mutilated = mutilate(text, random);
      for (Layout layout : Layout.values()) {
        SdlResult result = Sdl.plan(mutilated, SdlOptions.asWritten(layout));
        if (result instanceof SdlResult.Invalid invalid) {
          assertThat(invalid.problems())
              .isNotEmpty()
              .allSatisfy(
                  problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.message()).isNotBlank();
                  });
        }
      }
    }
  }

  private static String mutilate(String text, Random random) {
    StringBuilder mutilated = new StringBuilder(text);
    for (int edit = 0; edit <= random.nextInt(4); edit++) {
      int at = random.nextInt(Math.max(1, mutilated.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutilated.insert(at, (char) random.nextInt(0x2100));
        case 1 -> mutilated.delete(at, Math.min(mutilated.length(), at + random.nextInt(20)));
        case 2 -> mutilated.insert(at, "\n" + " ".repeat(random.nextInt(8)) + "- x: [y");
        default -> {
          int end = Math.min(mutilated.length(), at + random.nextInt(60));
          mutilated.insert(at, mutilated.substring(at, end));
        }
      }
    }
    return mutilated.toString();
  }
}
