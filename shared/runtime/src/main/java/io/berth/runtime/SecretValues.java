package io.berth.runtime;

import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Values in Secrets Manager that do not change while a function lives. Not for wallets. */
public final class SecretValues {
  private final SecretsManagerClient client;
  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

  public SecretValues(SecretsManagerClient client) {
    this.client = client;
  }

  /** The secret's text. */
  public String text(String secretId) {
    return known.computeIfAbsent(
        secretId, id -> client.getSecretValue(request -> request.secretId(id)).secretString());
  }
}
