package io.berth.local.aws;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Keys and their aliases. Kept after every change, if there is a folder to keep them in. */
final class KmsKeys {
  private static final String ALIAS = "alias/";
  private static final int MATERIAL_BYTES = 32;

  private final Account account;
  private final StateFile file;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Map<String, KmsKey> keys = new TreeMap<>();
  private final Map<String, String> aliases = new TreeMap<>();

  /** What the file holds. */
  private record State(Map<String, KmsKey> keys, Map<String, String> aliases) {}

  KmsKeys(Account account, StateFile file, SecureRandom random, InstantSource clock) {
    this.account = account;
    this.file = file;
    this.random = random;
    this.clock = clock;
    file.read(State.class)
        .ifPresent(
            state -> {
              keys.putAll(state.keys());
              aliases.putAll(state.aliases());
            });
  }

  String arn(KmsKey key) {
    return account.arn("kms", "key/" + key.id());
  }

  synchronized KmsKey create(Optional<String> description) {
    byte[] material = new byte[MATERIAL_BYTES];
    random.nextBytes(material);
    KmsKey key =
        new KmsKey(UUID.randomUUID().toString(), material, true, description, clock.instant());
    keys.put(key.id(), key);
    save();
    return key;
  }

  /**
   * Gives a key another name.
   *
   * @throws AwsFault if the name is taken
   */
  synchronized void name(String alias, KmsKey key) {
    if (!alias.startsWith(ALIAS) || alias.length() == ALIAS.length()) {
      throw AwsFault.validation("An alias starts with alias/");
    }
    if (aliases.putIfAbsent(alias, key.id()) != null) {
      throw AwsFault.of(
          "AlreadyExistsException",
          "An alias with the name " + account.arn("kms", alias) + " already exists");
    }
    save();
  }

  /** The key of this alias, made now if there is none. */
  synchronized KmsKey ensure(String alias) {
    if (aliases.containsKey(alias)) {
      return keys.get(aliases.get(alias));
    }
    KmsKey key = create(Optional.empty());
    name(alias, key);
    return key;
  }

  synchronized void setEnabled(String name, boolean enabled) {
    KmsKey key = get(name);
    keys.put(key.id(), key.withEnabled(enabled));
    save();
  }

  /**
   * A key by its id, its ARN, an alias or an alias's ARN.
   *
   * @throws AwsFault if there is none
   */
  synchronized KmsKey get(String name) {
    String prefix = account.arn("kms", "");
    String local = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    if (local.startsWith(ALIAS)) {
      return Optional.ofNullable(aliases.get(local))
          .flatMap(this::find)
          .orElseThrow(
              () ->
                  AwsFault.of(
                      "NotFoundException",
                      "Alias " + account.arn("kms", local) + " is not found."));
    }
    return find(local.startsWith("key/") ? local.substring("key/".length()) : local)
        .orElseThrow(() -> AwsFault.of("NotFoundException", "Key '" + name + "' does not exist"));
  }

  /** A key by its id alone. */
  synchronized Optional<KmsKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  private void save() {
    file.write(new State(keys, aliases));
  }
}
