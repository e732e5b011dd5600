package io.berth.runtime;

import io.berth.domain.Pause;
import io.berth.domain.account.Activation;
import io.berth.domain.account.Pepper;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.LogReader;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.LedgerSettings;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.request.SafeRetries;
import io.berth.domain.wallet.Owners;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The domain's use cases, put together once for all functions. */
public final class Services {
  /** API Gateway gives up after 29 s; a step that waits must leave time for the steps after it. */
  private static final Duration PATIENCE = Duration.ofSeconds(19);

  /** As {@code template.yaml} says, and a little more for clocks that differ. */
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);
  private static final Duration MANIFEST_PATIENCE = Duration.ofSeconds(8);

  /** A function answers with 6 MB at most; a line grows by some 300 bytes of names and time. */
  private static final ReadCaps LOG_CAPS = new ReadCaps(5_000, 2 << 20, Duration.ofSeconds(10));

  private static final ReadCaps EVENT_CAPS = new ReadCaps(1_000, 1 << 20, Duration.ofSeconds(5));

  private static final InstantSource CLOCK = InstantSource.system();

  private Services() {}

  public static Ledger ledger() {
    return ledger(PATIENCE);
  }

  private static Ledger ledger(Duration patience) {
    return new Ledger(
        Adapters.node(),
        Adapters.intents(),
        Adapters.signer(),
        new LedgerSettings(
            TIME_TO_LIVE,
            EXPIRY_MARGIN,
            blockInterval(),
            patience,
            Settings.isOn("BERTH_ORDERED_TRANSACTIONS")),
        CLOCK,
        Pause.real(),
        new SecureRandom());
  }

  public static Activation activation() {
    return new Activation(Adapters.users(), Adapters.wallets(), Adapters.signer(), ledger(), CLOCK);
  }

  public static DeploymentWriter deploymentWriter() {
    return deploymentWriter(PATIENCE);
  }

  /** With another patience: how long each transaction may wait for its outcome. */
  public static DeploymentWriter deploymentWriter(Duration patience) {
    return new DeploymentWriter(
        owners(),
        Adapters.signer(),
        Adapters.deployments(),
        Adapters.node(),
        userTransactions(patience),
        manifestSender(),
        sdlPolicy(),
        CLOCK);
  }

  public static DeploymentReader deploymentReader() {
    return new DeploymentReader(owners(), Adapters.node(), Adapters.providers());
  }

  public static LogReader logReader() {
    return new LogReader(
        owners(),
        Adapters.deployments(),
        sdlPolicy(),
        Adapters.node(),
        Adapters.providerStreams(),
        LOG_CAPS);
  }

  public static EventKeeper eventKeeper() {
    return new EventKeeper(
        owners(),
        Adapters.deployments(),
        sdlPolicy(),
        Adapters.node(),
        Adapters.providerStreams(),
        Adapters.keptEvents(),
        EVENT_CAPS);
  }

  public static Leasing leasing() {
    return leasing(PATIENCE);
  }

  /** With another patience: how long each transaction may wait for its outcome. */
  public static Leasing leasing(Duration patience) {
    return new Leasing(
        owners(),
        Adapters.deployments(),
        Adapters.node(),
        userTransactions(patience),
        manifestSender());
  }

  public static OperationDesk operationDesk() {
    return new OperationDesk(
        Adapters.operations(),
        Adapters.deployments(),
        Adapters.stateMachine(),
        CLOCK,
        Pause.real());
  }

  /** Requests with keys. A lock lasts as long as the function itself may. */
  public static SafeRetries safeRetries() {
    return new SafeRetries(Adapters.requests(), FUNCTION_TIMEOUT, CLOCK);
  }

  public static SdlPolicy sdlPolicy() {
    return new SdlPolicy(Settings.list("BERTH_AUDITORS"));
  }

  /** The secret that API keys' digests are made with. */
  public static Pepper pepper() {
    String text =
        AwsClients.secretsManager()
            .getSecretValue(request -> request.secretId(Settings.require("BERTH_PEPPER_SECRET")))
            .secretString();
    return Pepper.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Owners owners() {
    return new Owners(Adapters.wallets());
  }

  private static UserTransactions userTransactions(Duration patience) {
    return new UserTransactions(ledger(patience), Adapters.signer());
  }

  public static ManifestSender manifestSender() {
    return new ManifestSender(
        Adapters.node(),
        Adapters.providers(),
        blockInterval(),
        MANIFEST_PATIENCE,
        CLOCK,
        Pause.real());
  }

  /** Usual time between blocks. */
  public static Duration blockInterval() {
    return Settings.millis("BERTH_BLOCK_INTERVAL_MS");
  }
}
