package io.berth.local.stack;

import io.berth.wallet.Mnemonic;
import io.berth.wallet.WalletKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Mnemonics of the local system's own accounts: drawn at the first start, kept if data is kept. */
final class LocalKeys {
  private final Optional<Path> folder;
  private final Map<String, String> phrases = new HashMap<>();
  private final Map<String, WalletKey> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  LocalKeys(Optional<Path> data) {
    this.folder = data.map(path -> path.resolve("keys"));
  }

  /** The account's mnemonic. */
  String phrase(String name) {
    return phrases.computeIfAbsent(
        name,
        absent ->
            folder.map(path -> kept(path.resolve(name + ".mnemonic"))).orElseGet(this::fresh));
  }

  /** The account's first key, derived once. */
  WalletKey key(String name) {
    return keys.computeIfAbsent(name, absent -> keyOf(phrase(name)));
  }

  private static WalletKey keyOf(String phrase) {
    try (Mnemonic mnemonic = Mnemonic.parse(phrase.getBytes(StandardCharsets.US_ASCII))) {
      return mnemonic.deriveKey(0);
    }
  }

  private String fresh() {
    try (Mnemonic mnemonic = Mnemonic.generate(random)) {
      return new String(mnemonic.copyOfPhrase(), StandardCharsets.US_ASCII);
    }
  }

  private String kept(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, fresh());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
