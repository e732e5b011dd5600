package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** References to documents resolve: names, section numbers and links. */
class DocumentReferencesTest {
  private static final Pattern URL = Pattern.compile("https?://\\S+");
  private static final String NUMBER = "\\d+(?:\\.\\d+)*";
  private static final Pattern SECTION =
      Pattern.compile("§(" + NUMBER + ")(?:[–-](" + NUMBER + "))?");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![\\w/.-])([\\w./-]*[\\w-]\\.md)\\b`?((?:,?(?: and)? " + SECTION.pattern() + ")*)");
  private static final Pattern PUBLIC_STANDARD =
      Pattern.compile("\\b(?:RFC|AEP|ADR)[ -]\\d+ §" + NUMBER);
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern NUMBERED_HEADING =
      Pattern.compile("(?m)^#{2,6} (" + NUMBER + ")\\.? ");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern WHOLE_LINK = Pattern.compile("\\[[^\\]]*\\]\\([^)\\s]+\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\\n]+`");

  private static List<Path> files;
  private static Map<String, String> documents;

  @BeforeAll
  static void read() throws IOException {
    files = SourceFiles.below(List.of(""));
    documents = new HashMap<>();
    for (Path file : files) {
      if (isDocument(file)) {
        documents.put(file.toString(), SourceFiles.text(file));
      }
    }
  }

  @Test
  void everyNamedDocumentAndSectionExists() throws IOException {
    List<String> broken = new ArrayList<>();
    long sections = 0;
    for (Path file : files) {
      String text = URL.matcher(SourceFiles.unwrapped(file)).replaceAll("");
      for (MatchResult named : NAMED.matcher(text).results().toList()) {
        List<String> candidates = documentsNamed(named.group(1));
        List<String> cited = numbers(named.group(2));
        sections += cited.size();
        if (candidates.stream().noneMatch(name -> sectionsOf(name).containsAll(cited))) {
          broken.add(file + ": " + named.group());
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(sections).isGreaterThan(40);
  }

  /** A section number alone refers to the document that it stands in. */
  @Test
  void everySectionNumberBelongsToADocument() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files) {
      String outsideLinks = WHOLE_LINK.matcher(SourceFiles.unwrapped(file)).replaceAll("");
      String unnamed = NAMED.matcher(outsideLinks).replaceAll("");
      String rest = PUBLIC_STANDARD.matcher(unnamed).replaceAll("");
      Set<String> own = isDocument(file) ? sectionsOf(file.toString()) : Set.of();
      numbers(rest).stream()
          .filter(number -> !own.contains(number))
          .forEach(number -> broken.add(file + ": §" + number));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() {
    List<String> broken = new ArrayList<>();
    documents.forEach(
        (name, text) ->
            LINK.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("(?:https?:|mailto:|/).*"))
                .filter(link -> !leadsSomewhere(name, link))
                .forEach(link -> broken.add(name + ": " + link)));

    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(String document, String link) {
    String[] parts = link.split("#", 2);
    Path folder = Path.of("/").resolve(document).getParent();
    Path target = Path.of("/").relativize(folder.resolve(parts[0]).normalize());
    String name = parts[0].isEmpty() ? document : target.toString();
    if (!Files.exists(RunningBerth.root().resolve(name))) {
      return false;
    }
    return parts.length == 1 || anchorsOf(name).contains(parts[1]);
  }

  private static boolean isDocument(Path file) {
    return file.toString().endsWith(".md");
  }

  /** By path, or by the end of the path where only that is named. */
  private static List<String> documentsNamed(String name) {
    String end = name.replaceFirst("^(?:\\.\\.?/)+", "");
    return documents.keySet().stream()
        .filter(path -> path.equals(end) || path.endsWith("/" + end))
        .toList();
  }

  private static List<String> numbers(String text) {
    List<String> numbers = new ArrayList<>();
    for (MatchResult section : SECTION.matcher(text).results().toList()) {
      numbers.add(section.group(1));
      if (section.group(2) != null) {
        numbers.add(section.group(2));
      }
    }
    return numbers;
  }

  private static Set<String> sectionsOf(String document) {
    return NUMBERED_HEADING
        .matcher(documents.get(document))
        .results()
        .map(heading -> heading.group(1))
        .collect(Collectors.toSet());
  }

  /** As Git hosts derive anchors from headings. */
  private static Set<String> anchorsOf(String document) {
    return HEADING
        .matcher(documents.getOrDefault(document, ""))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
