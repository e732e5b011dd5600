package io.berth.functions.signer;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.ReSealRun;
import io.berth.domain.wallet.ReSealRun.Counts;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletSeals;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.Nothing;
import io.berth.wallet.SealBrokenException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals wallets again that are not sealed as new ones are: under an earlier master key, or in an
 * earlier form of seals. One invocation does some pages and says whether wallets are left; how far
 * it came is kept after each page, so that it may be stopped anywhere and invoked again. Invoked
 * after the end it begins from the front.
 *
 * <p>A wallet is changed only when its old seal was opened to the wallet's own key, and the new one
 * too. Whatever else changes it meanwhile wins. One that does not open is left as it is and
 * reported. That KMS or the table is out of reach ends the invocation; nothing is lost then.
 */
public final class ReSealWallets extends JsonFunction<Nothing, ReSealWallets.Report> {
  private static final Logger LOG = LoggerFactory.getLogger(ReSealWallets.class);
  private static final int PAGE_SIZE = 25;

  /** The command line's invoke waits for a minute. */
  private static final Duration SHIFT = Duration.ofSeconds(40);

  /**
   * How far the run has come.
   *
   * @param finished whether no wallet is left
   * @param masterKey what wallets are sealed with
   * @param counts of the wallets so far
   * @param brokenUsers whose wallets could not be opened, the first of them
   */
  public record Report(
      boolean finished, String masterKey, Counts counts, List<String> brokenUsers) {}

  private static final Counts RE_SEALED = new Counts(1, 0, 0, 0);
  private static final Counts CURRENT = new Counts(0, 1, 0, 0);
  private static final Counts OVERTAKEN = new Counts(0, 0, 1, 0);
  private static final Counts BROKEN = new Counts(0, 0, 0, 1);

  private final WalletSeals wallets;
  private final ReSealRuns runs;
  private final Vault vault;
  private final InstantSource clock;
  private final int pageSize;

  /** Wired from the function's environment. */
  public ReSealWallets() {
    this(Wiring.wallets(), Wiring.reSealRuns(), Wiring.vault(), InstantSource.system(), PAGE_SIZE);
  }

  ReSealWallets(
      WalletSeals wallets, ReSealRuns runs, Vault vault, InstantSource clock, int pageSize) {
    super(Nothing.class);
    this.wallets = wallets;
    this.runs = runs;
    this.vault = vault;
    this.clock = clock;
    this.pageSize = pageSize;
  }

  @Override
  protected Report answer(Nothing request) {
    ReSealRun run = work(clock.instant().plus(SHIFT));
    LOG.info(
        "wallets sealed under {}, finished {}: {}",
        run.masterKey(),
        run.isFinished(),
        run.counts());
    return new Report(run.isFinished(), run.masterKey(), run.counts(), run.broken());
  }

  /** Does pages, one at least, until all are done, the time is over or another does them. */
  private ReSealRun work(Instant end) {
    ReSealRun run = begun();
    do {
      ReSealRun next = doPage(run);
      if (!runs.keep(next)) {
        return runs.last().orElseThrow();
      }
      run = next;
    } while (!run.isFinished() && clock.instant().isBefore(end));
    return run;
  }

  /** The run that was stopped, if wallets are still sealed as in that; else one from the front. */
  private ReSealRun begun() {
    String masterKey = vault.masterKey();
    return runs.last()
        .map(
            last ->
                last.isFinished() || !last.masterKey().equals(masterKey)
                    ? ReSealRun.start(masterKey, last.revision(), clock.instant())
                    : last)
        .orElseGet(() -> ReSealRun.start(masterKey, 0, clock.instant()));
  }

  private ReSealRun doPage(ReSealRun run) {
    WalletSeals.Page page = wallets.page(run.cursor(), pageSize);
    Counts counts = Counts.NONE;
    List<String> broken = new ArrayList<>();
    for (String user : page.unreadable()) {
      LOG.error("the row of user {} is no whole wallet", user);
      counts = counts.plus(BROKEN);
      broken.add(user);
    }
    for (Wallet wallet : page.wallets()) {
      Counts fate = reSeal(wallet);
      counts = counts.plus(fate);
      if (fate.broken() > 0) {
        broken.add(wallet.userId());
      }
    }
    return run.afterPage(counts, broken, page.next(), clock.instant());
  }

  private Counts reSeal(Wallet wallet) {
    try {
      if (vault.isCurrent(wallet)) {
        return CURRENT;
      }
      Bytes sealed = vault.sealAgain(wallet);
      return wallets.replaceSeal(wallet, sealed) ? RE_SEALED : OVERTAKEN;
    } catch (SealBrokenException | ForeignSealException e) {
      LOG.error("the wallet of user {} is left as it is: {}", wallet.userId(), e.getMessage());
      return BROKEN;
    }
  }
}
