package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Clients of Console match on its validator's words, so ours are the same where they say it well.
 */
class MessagesTest {

  /** Cases told in other words, and why. */
  private static final Map<String, String> OWN_WORDS =
      Map.of(
          "22-cpu-zero-milli", "theirs only says that it should be a number",
          "37-two-root-volumes", "a volume without a mount is refused by itself, as Go does",
          "85-yaml-duplicate-key", "the YAML library's words, with an excerpt",
          "86-yaml-tab", "the YAML library's words, with an excerpt",
          "87-yaml-unclosed", "the YAML library's words, with an excerpt",
          "89-yaml-unknown-alias", "the YAML library's words, with an excerpt",
          "95-yaml-custom-tag", "the YAML library's words, with an excerpt");

  static Stream<Path> invalid() {
    return Fixtures.cases("sdl-ts/invalid");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void saysWhatConsoleSays(Path folder) {
    String id = folder.getFileName().toString();
    SdlResult.Invalid ours =
        (SdlResult.Invalid)
            Sdl.plan(Fixtures.text(folder, "input.yaml"), SdlOptions.asWritten(Layout.CONSOLE));
    List<String> messages = ours.problems().stream().map(Problem::message).toList();
    List<String> theirs =
        Fixtures.json(folder, "errors.json")
            .get("expected_messages")
            .valueStream()
            .map(JsonNode::asString)
            .toList();

    if (OWN_WORDS.containsKey(id)) {
      assertThat(messages).doesNotContainAnyElementsOf(theirs);
    } else {
      assertThat(messages).containsAnyElementsOf(theirs);
    }
  }
}
