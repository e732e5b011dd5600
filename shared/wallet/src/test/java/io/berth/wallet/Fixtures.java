package io.berth.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference data in {@code src/test/resources/fixtures}. */
final class Fixtures {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Fixtures() {}

  static Stream<JsonNode> wallets() {
    return read("wallet/vectors.json").get("vectors").valueStream();
  }

  static Stream<JsonNode> invalidMnemonics() {
    return read("wallet/vectors.json").get("invalid_mnemonics").valueStream();
  }

  static Stream<JsonNode> signedTransactions() {
    return read("tx/signatures.json").get("vectors").valueStream();
  }

  private static JsonNode read(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
      return JSON.readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
