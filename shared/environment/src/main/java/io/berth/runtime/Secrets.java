package io.berth.runtime;

import io.berth.domain.account.Pepper;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets that several functions read: at first use, since none may be in a snapshot. */
public final class Secrets {
  private Secrets() {}

  /** The secret that API keys' digests are made with; read once, when it is first asked for. */
  public static Supplier<Pepper> pepper() {
    SecretsManagerClient secrets = AwsClients.secretsManager();
    String id = Settings.require("BERTH_PEPPER_SECRET");
    return Lazy.of(() -> readPepper(secrets, id))::get;
  }

  private static Pepper readPepper(SecretsManagerClient secrets, String id) {
    String text = secrets.getSecretValue(request -> request.secretId(id)).secretString();
    return Pepper.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
