package io.berth.runtime;

import io.berth.domain.account.Pepper;
import java.nio.charset.StandardCharsets;

/** Secrets that several functions read: at first use, since none may be in a snapshot. */
public final class Secrets {
  private static final Lazy<Pepper> PEPPER = Lazy.of(Secrets::readPepper);

  private Secrets() {}

  /** The secret that API keys' digests are made with; read once. */
  public static Pepper pepper() {
    return PEPPER.get();
  }

  private static Pepper readPepper() {
    String text =
        AwsClients.secretsManager()
            .getSecretValue(request -> request.secretId(Settings.require("BERTH_PEPPER_SECRET")))
            .secretString();
    return Pepper.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
