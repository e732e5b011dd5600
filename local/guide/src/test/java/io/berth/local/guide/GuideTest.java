package io.berth.local.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.local.guide.GuidePage.Block;
import io.berth.local.guide.GuidePage.Language;
import io.berth.local.guide.RunningBerth.Reader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Every block of code in the guide does what the page says, and prints what it shows. */
@ExtendWith(RunningBerth.class)
class GuideTest {
  /** What the shell keeps from page to page: a reader of one page has read the quickstart. */
  private static final String SHELL = "set -eu\n[ -e berth.sh ] && . ./berth.sh\n";

  private static final Pattern NEEDS_DEPLOYMENT = Pattern.compile("\\bDSEQ\\b(?!=)");
  private static List<GuidePage> pages;

  @BeforeAll
  static void read() throws IOException {
    pages = GuidePage.all();
  }

  @TestFactory
  Stream<DynamicTest> curl(RunningBerth.Town town) throws Exception {
    assumeTrue(
        Stream.of("bash", "curl", "jq").allMatch(Workshop::has), "there is no curl or jq here");
    Story story = new Story(Language.SH, town.reader());
    for (Block block : story.titled()) {
      story.workshop.write(block.title(), block.code());
    }
    story.workshop.write(
        "local/target/session.json",
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("url", story.reader.url(), "apiKey", story.reader.apiKey())));
    return story.pages(
        page -> {
          List<String> outputs = story.runShell(page);
          for (int i = 0; i < outputs.size(); i++) {
            check(page.in(Language.SH).get(i), outputs.get(i));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> java(RunningBerth.Town town) throws Exception {
    Story story = new Story(Language.JAVA, town.reader());
    for (Block block : story.titled()) {
      story.workshop.write(block.title(), block.code());
    }
    story.workshop.compileJava();
    return story.programs(title -> List.of(Workshop.java(), title.replace(".java", "")));
  }

  @TestFactory
  Stream<DynamicTest> typeScript(RunningBerth.Town town) throws Exception {
    assumeTrue(Workshop.hasTypeScript(), "there is no TypeScript client here; it takes Node 20");
    Story story = new Story(Language.TS, town.reader());
    for (Block block : story.titled()) {
      story.workshop.write(block.title(), block.code());
    }
    story.workshop.compileTypeScript();
    return story.programs(title -> List.of("node", title.replace(".ts", ".js")));
  }

  @TestFactory
  Stream<DynamicTest> python(RunningBerth.Town town) throws Exception {
    assumeTrue(Workshop.has("python3"), "there is no python3 here");
    Story story = new Story(Language.PYTHON, town.reader());
    for (Block block : story.titled()) {
      story.workshop.write(block.title(), block.code());
    }
    return story.programs(title -> List.of("python3", title));
  }

  @Test
  void theSdlsItShowsAreValid(RunningBerth.Town town) {
    Reader reader = town.reader();
    List<Block> sdls = pages.stream().flatMap(page -> page.in(Language.YAML).stream()).toList();

    assertThat(sdls).isNotEmpty();
    for (Block sdl : sdls) {
      var verdict =
          reader.api().post("/v1/sdl/validate", Map.of("data", Map.of("sdl", sdl.code()))).data();
      assertThat(verdict.get("valid").asBoolean()).as(verdict.toString()).isTrue();
    }
  }

  /** A page that shows how in one language shows it in all. */
  @Test
  void everyTaskIsShownInAllLanguages() {
    for (GuidePage page : pages) {
      int programs = page.in(Language.JAVA).size();
      assertThat(page.in(Language.TS)).as("%s in TypeScript", page.name()).hasSize(programs);
      assertThat(page.in(Language.PYTHON))
          .as("%s in Python", page.name())
          .hasSizeGreaterThanOrEqualTo(programs);
      assertThat(page.in(Language.SH))
          .as("%s by curl", page.name())
          .hasSizeGreaterThanOrEqualTo(programs);
    }
  }

  private static void check(Block block, String output) {
    block
        .output()
        .ifPresent(
            expected ->
                assertThat(output.strip())
                    .as("output of %s%n%s", block.title(), block.code())
                    .matches(expected));
  }

  private interface Page {
    void read(GuidePage page) throws Exception;
  }

  private interface Command {
    List<String> of(String title);
  }

  /** Somebody who reads the whole guide in one language. */
  private static final class Story {
    private final Language language;
    private final Reader reader;
    private final Workshop workshop;
    private String dseq = "";

    Story(Language language, Reader reader) throws IOException {
      this.language = language;
      this.reader = reader;
      this.workshop = Workshop.named(language.name());
    }

    List<Block> titled() {
      return pages.stream()
          .flatMap(page -> page.in(language).stream())
          .filter(block -> !block.title().isEmpty())
          .toList();
    }

    Stream<DynamicTest> pages(Page how) {
      return pages.stream()
          .filter(page -> !page.in(language).isEmpty())
          .map(page -> DynamicTest.dynamicTest(page.name(), () -> how.read(page)));
    }

    Stream<DynamicTest> programs(Command command) {
      return pages(
          page -> {
            for (Block block : page.in(language)) {
              String output =
                  workshop.run(environment(page), command.of(block.title()).toArray(String[]::new));
              check(block, output);
            }
          });
    }

    /** What each block of a page prints, all of them run by one shell. */
    List<String> runShell(GuidePage page) throws IOException, InterruptedException {
      List<Block> blocks = page.in(Language.SH);
      StringBuilder script = new StringBuilder(SHELL);
      for (int i = 0; i < blocks.size(); i++) {
        script.append("{\n").append(blocks.get(i).code()).append("\n} > output.").append(i);
        script.append("\n");
      }
      workshop.write(page.name() + ".sh", script.toString());
      String _ = workshop.run(environment(page), "bash", page.name() + ".sh");
      List<String> outputs = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        outputs.add(workshop.read("output." + i));
      }
      return outputs;
    }

    /** What the reader has set: a page about a running deployment is read by who has one. */
    private Map<String, String> environment(GuidePage page) throws IOException {
      Map<String, String> environment = new HashMap<>(reader.environment());
      boolean needsDeployment =
          page.in(language).stream()
              .anyMatch(block -> NEEDS_DEPLOYMENT.matcher(block.code()).find());
      if (needsDeployment && !page.name().equals("README")) {
        if (dseq.isEmpty() || !reader.isRunning(dseq)) {
          dseq = reader.deploy();
        }
        environment.put("DSEQ", dseq);
      }
      return environment;
    }
  }
}
