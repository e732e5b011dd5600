package io.berth.runtime;

import io.berth.domain.Pause;
import io.berth.domain.account.AccountReader;
import io.berth.domain.account.Activation;
import io.berth.domain.certificate.ClientCertificates;
import io.berth.domain.deployment.DeploymentLister;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentWriter;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.LogFollower;
import io.berth.domain.deployment.LogReader;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.deployment.SdlPolicy;
import io.berth.domain.funding.Funding;
import io.berth.domain.funding.FundingSettings;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.LedgerSettings;
import io.berth.domain.ledger.OwnMessages;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.limit.RateLimiter;
import io.berth.domain.provider.ProviderCatalog;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.request.SafeRetries;
import io.berth.domain.settings.DeploymentWishes;
import io.berth.domain.status.StatusBoard;
import io.berth.domain.status.StatusRefresher;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.TokenDesk;
import io.berth.provider.ClientCertificateMaker;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The domain's use cases, put together once for all functions. */
public final class Services {
  /** API Gateway gives up after 29 s; a step that waits must leave time for the steps after it. */
  private static final Duration PATIENCE = Duration.ofSeconds(19);

  /** Clearing up, one more wait, and the block that ends it fit into a function's time. */
  private static final Duration CLEARING = Duration.ofSeconds(5);

  private static final Duration CERTIFICATE_PATIENCE = Duration.ofSeconds(15);

  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);
  private static final Duration MANIFEST_PATIENCE = Duration.ofSeconds(8);

  /** A function answers with 6 MB at most; a line grows by some 300 bytes of names and time. */
  private static final ReadCaps LOG_CAPS = new ReadCaps(5_000, 2 << 20, Duration.ofSeconds(10));

  /**
   * Ten minutes, and the function may run for fifteen: when a client goes away the function is not
   * told, so each stream is paid for to its end. API Gateway passes on 2 MB a second.
   */
  private static final ReadCaps FOLLOW_CAPS =
      new ReadCaps(Integer.MAX_VALUE, 32 << 20, Duration.ofMinutes(10));

  /** How many a user may begin in the time that one may last. */
  private static final int LOG_STREAMS = 30;

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
    return new Activation(
        Adapters.users(), Adapters.wallets(), Adapters.signer(), funding(), CLOCK);
  }

  public static Funding funding() {
    return new Funding(
        owners(),
        Adapters.signer(),
        Adapters.grants(),
        Adapters.node(),
        ledger(),
        new FundingSettings(
            new BigInteger(Settings.require("BERTH_FEE_ALLOWANCE_UAKT")),
            new BigInteger(Settings.require("BERTH_FEE_THRESHOLD_UAKT"))),
        CLOCK);
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
    return new DeploymentReader(owners(), Adapters.node(), statusBoard(), CLOCK);
  }

  private static StatusBoard statusBoard() {
    return new StatusBoard(Adapters.statusCache(), statusRefresher(), Adapters.statusRefreshes());
  }

  /** What a provider said within a block's time is new enough. */
  public static StatusRefresher statusRefresher() {
    return new StatusRefresher(
        owners(),
        Adapters.node(),
        Adapters.providers(),
        Adapters.statusCache(),
        blockInterval(),
        CLOCK);
  }

  public static DeploymentWishes deploymentWishes() {
    return new DeploymentWishes(
        owners(), Adapters.node(), Adapters.settings(), blockInterval(), CLOCK);
  }

  public static OwnMessages ownMessages() {
    return new OwnMessages(
        owners(), Adapters.signer(), Adapters.node(), userTransactions(PATIENCE));
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

  public static LogFollower logFollower() {
    return new LogFollower(
        owners(),
        Adapters.deployments(),
        sdlPolicy(),
        Adapters.node(),
        Adapters.providerStreams(),
        new RateLimiter(
            Adapters.requestCounts(),
            new RateLimiter.Limits(LOG_STREAMS, LOG_STREAMS, FOLLOW_CAPS.time()),
            CLOCK),
        FOLLOW_CAPS,
        CLOCK,
        Pause.real());
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

  public static DeploymentLister deploymentLister() {
    return new DeploymentLister(owners(), Adapters.node(), statusBoard()::cached, CLOCK);
  }

  public static AccountReader accountReader() {
    return new AccountReader(
        Adapters.wallets(), Adapters.signer(), Adapters.node(), blockInterval());
  }

  /** Every provider of the chain. It caches what it reads, so a handler keeps the one it gets. */
  public static ProviderCatalog providerCatalog() {
    return new ProviderCatalog(Adapters.node(), Settings.list("BERTH_AUDITORS"), CLOCK);
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

  public static TokenDesk tokenDesk() {
    return new TokenDesk(Adapters.wallets(), Adapters.node(), Adapters.signer());
  }

  public static ClientCertificates clientCertificates() {
    return new ClientCertificates(
        owners(),
        Adapters.node(),
        userTransactions(CERTIFICATE_PATIENCE),
        new ClientCertificateMaker(new SecureRandom()),
        CLEARING,
        CLOCK);
  }

  /** Requests with keys. */
  public static SafeRetries safeRetries() {
    return Retries.safe();
  }

  public static SdlPolicy sdlPolicy() {
    return new SdlPolicy(Settings.list("BERTH_AUDITORS"));
  }

  private static Owners owners() {
    return new Owners(Adapters.wallets());
  }

  private static UserTransactions userTransactions(Duration patience) {
    return new UserTransactions(ledger(patience), Adapters.signer(), Adapters.grantSettler());
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
