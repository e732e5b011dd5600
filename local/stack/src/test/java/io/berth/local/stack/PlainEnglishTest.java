package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Old-fashioned or riddling phrases stay out of what people read (CONTRIBUTING.md, Style). */
class PlainEnglishTest {
  /** What is checked: files and folders of the checkout. */
  private static final List<String> ROOTS =
      List.of(
          "README.md",
          "CONTRIBUTING.md",
          "SECURITY.md",
          "CHANGELOG.md",
          ".github",
          "docs",
          "events",
          "layers",
          "clients",
          "functions/lifecycle/deployment.asl.yaml",
          "local/providers/README.md",
          "template.yaml",
          "ui/README.md");

  /** Files that may contain a banned phrase, each with a reason in a comment. */
  private static final Set<String> ALLOWED = Set.of();

  private static final Pattern BANNED =
      Pattern.compile(
          String.join(
              "|",
              "\\bwhoever\\b",
              "\\bnobody's\\b",
              "\\bno one's\\b",
              "\\bhow-?manieth\\b",
              "\\btells\\b",
              "\\bis told (?:so|of)\\b",
              "\\bsay(?:s|ing)? no\\b",
              "\\bsaid no\\b",
              "\\bsay who you are\\b",
              "\\bcome(?:s)? (?:in)?to nothing\\b",
              "\\bwhat is not so\\b",
              "\\bwhose (?:the )?key (?:it )?is\\b",
              "\\bso many\\b",
              "\\bof whom\\b",
              "\\bma(?:kes|de) of it\\b",
              "\\bmay not be there\\b",
              "\\bneed (?:not )?be there\\b",
              "\\bat what was\\b",
              "\\bwhat it comes (?:from|to)\\b",
              "\\bare none of\\b",
              "\\bends? badly\\b",
              "\\bbr(?:eaks|oke) off\\b",
              "\\btaken up (?:again|where)\\b",
              "\\bleaves? while it is written\\b",
              "\\bwait for two answers\\b",
              "\\bjust looked up counts\\b",
              "\\bprimed with a request\\b",
              "\\bwired from the function's environment\\b",
              "\\bthe page for people\\b"),
          Pattern.CASE_INSENSITIVE);

  @Test
  void noBannedPhraseIsUsed() throws IOException {
    List<Path> files = SourceFiles.below(ROOTS);
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      boolean ownList = file.endsWith("PlainEnglishTest.java");
      if (ownList || ALLOWED.contains(file.toString())) {
        continue;
      }
      for (MatchResult phrase : BANNED.matcher(SourceFiles.unwrapped(file)).results().toList()) {
        found.add(file + ": " + phrase.group());
      }
    }

    assertThat(files).hasSizeGreaterThan(40);
    assertThat(found).as("say it as CONTRIBUTING.md asks (Style)").isEmpty();
  }

  @Test
  void findsAPhraseWhereACommentWraps() {
    String comment =
        """
        /**
         * Calls the function to find out whose
         * key it is.
         */
        """;

    assertThat(BANNED.matcher(SourceFiles.unwrapped(comment)).find()).isTrue();
    assertThat(BANNED.matcher("Calls the function to identify the caller.").find()).isFalse();
  }
}
