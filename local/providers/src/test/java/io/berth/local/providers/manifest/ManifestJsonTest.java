package io.berth.local.providers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

  @ParameterizedTest
  @MethodSource("io.berth.local.providers.manifest.SdlFixtures#cases")
  void hashesItsOwnEncodingToTheOfficialVersion(String name) throws Exception {
    Manifest manifest = ManifestJson.decode(SdlFixtures.manifest(name));

    assertThat(manifest.version()).isEqualTo(SdlFixtures.version(name));
  }

  @Test
  void encodesTheVeryBytesThatGoHashes() throws Exception {
    Manifest manifest = ManifestJson.decode(SdlFixtures.manifest("own-hash-escaping"));

    assertThat(new String(ManifestJson.encode(manifest), UTF_8))
        .isEqualTo(resource("/fixtures/sdl/valid/own-hash-escaping/sorted.json"));
  }

  @Test
  void escapesAsGoDoes() throws Exception {
    String image = "<a>&\\u2028\\u2029\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\\u007f\\ud800é😀";
    Manifest manifest =
        ManifestJson.decode(
            "[{\"name\":\"g\",\"services\":[{\"image\":\"%s\"}]}]"
                .formatted(image)
                .getBytes(UTF_8));

    assertThat(new String(ManifestJson.encode(manifest), UTF_8))
        .contains(
            "\"image\":\"\\u003ca\\u003e\\u0026\\u2028\\u2029\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\u007f\ufffdé😀\"");
  }

  @Test
  void dropsWhatItDoesNotKnowAndFillsInWhatIsMissing() throws Exception {
    Manifest manifest =
        ManifestJson.decode(
            "[{\"NAME\":\"g\",\"novelty\":1,\"services\":[{}]}] and more".getBytes(UTF_8));

    assertThat(new String(ManifestJson.encode(manifest), UTF_8))
        .isEqualTo(
            "[{\"name\":\"g\",\"services\":[{\"args\":null,\"command\":null,\"count\":0,"
                + "\"credentials\":null,\"env\":null,\"expose\":null,\"image\":\"\",\"name\":\"\","
                + "\"resources\":{\"endpoints\":null,\"id\":0}}]}]");
  }

  @Test
  void keepsNullAndEmptyListsApart() throws Exception {
    Manifest nulls = ManifestJson.decode("[{\"services\":[{\"env\":null}]}]".getBytes(UTF_8));
    Manifest empties = ManifestJson.decode("[{\"services\":[{\"env\":[]}]}]".getBytes(UTF_8));

    assertThat(nulls.version()).isNotEqualTo(empties.version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "[{]",
        "[{\"name\":1}]",
        "[{\"services\":{}}]",
        "[{\"services\":[{\"count\":-1}]}]",
        "[{\"services\":[{\"count\":\"1\"}]}]",
        "[{\"services\":[{\"count\":4294967296}]}]",
        "[{\"services\":[{\"count\":1.5}]}]",
        "[{\"services\":[{\"resources\":{\"cpu\":{\"units\":{\"val\":1}}}}]}]",
        "[{\"services\":[{\"resources\":{\"cpu\":{\"units\":{\"val\":\"1.5\"}}}}]}]"
      })
  void refusesWhatGoCouldNotDecode(String json) {
    assertThatThrownBy(() -> ManifestJson.decode(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            ManifestRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.UNREADABLE));
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = ManifestJsonTest.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
