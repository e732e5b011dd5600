package io.berth.local.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the guide: its blocks of code, in order.
 *
 * @param name of the file, without its ending
 */
record GuidePage(String name, List<Block> blocks) {
  private static final Pattern FENCE =
      Pattern.compile("^```(\\w+) *(.*)\n((?s:.*?))^```$", Pattern.MULTILINE);
  private static final String NOT_RUN = "not run: ";

  /** What a reader is shown, or told to write. */
  enum Language {
    SH,
    JAVA,
    TS,
    PYTHON,
    /** What the examples before it print; {@code …} stands for anything. */
    TEXT,
    /** An SDL. */
    YAML
  }

  /**
   * One block.
   *
   * @param title the file to keep it in; empty for none
   * @param output what it must print; empty if the page does not say
   */
  record Block(Language language, String title, String code, Optional<Pattern> output) {}

  /**
   * All pages, as they are listed here: the README and what is in {@code docs/guide}.
   *
   * @throws AssertionError if a block is neither run, nor shown as output, nor says why not
   */
  static List<GuidePage> all() throws IOException {
    List<Path> files = new ArrayList<>(List.of(RunningBerth.root().resolve("README.md")));
    try (Stream<Path> guide = Files.list(RunningBerth.root().resolve("docs/guide"))) {
      files.addAll(guide.sorted().toList());
    }
    List<GuidePage> pages = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".md", "");
      pages.add(new GuidePage(name, blocks(name, Files.readString(file))));
    }
    return pages;
  }

  /** Its blocks of one language. */
  List<Block> in(Language language) {
    return blocks.stream().filter(block -> block.language() == language).toList();
  }

  private static List<Block> blocks(String page, String text) {
    List<Block> blocks = new ArrayList<>();
    int group = 0;
    int end = -1;
    Matcher fences = FENCE.matcher(text);
    while (fences.find()) {
      Language language = language(page, fences.group(1));
      String title = fences.group(2);
      boolean follows = end >= 0 && text.substring(end, fences.start()).isBlank();
      end = fences.end();
      if (language == Language.TEXT) {
        assertThat(follows).as("%s: an output follows what prints it", page).isTrue();
        Pattern expected = pattern(fences.group(3));
        for (int i = group; i < blocks.size(); i++) {
          Block block = blocks.get(i);
          blocks.set(
              i, new Block(block.language(), block.title(), block.code(), Optional.of(expected)));
        }
        group = blocks.size();
      } else if (title.startsWith("not run")) {
        assertThat(title).as("%s: why it is not run", page).matches(NOT_RUN + "\\w.+");
        group = blocks.size();
      } else {
        group = follows ? group : blocks.size();
        blocks.add(new Block(language, title, fences.group(3), Optional.empty()));
      }
    }
    assertThat(text.lines().filter(line -> line.startsWith("```")).count() % 2)
        .as("%s: every block ends", page)
        .isZero();
    return blocks;
  }

  private static Language language(String page, String word) {
    return Stream.of(Language.values())
        .filter(language -> language.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page + ": nobody runs blocks of " + word));
  }

  private static Pattern pattern(String output) {
    StringBuilder pattern = new StringBuilder();
    for (String part : output.strip().split("…", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".+").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }
}
