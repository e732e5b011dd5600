package io.berth.domain.settings;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Settings of a user's deployments. Only deployments that are on the chain have some. */
public final class DeploymentWishes {
  /** How far ahead a top-up looks. */
  public static final Duration LOOK_AHEAD = Duration.ofHours(24);

  private final Owners owners;
  private final AkashReader chain;
  private final UserSettings settings;
  private final Duration blockInterval;
  private final InstantSource clock;

  public DeploymentWishes(
      Owners owners,
      AkashReader chain,
      UserSettings settings,
      Duration blockInterval,
      InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.settings = settings;
    this.blockInterval = blockInterval;
    this.clock = clock;
  }

  /**
   * Settings with what they would cost.
   *
   * @param dailyCost of the active leases, in uact
   */
  public record Estimated(DeploymentSettings settings, BigDecimal dailyCost) {}

  /**
   * The settings; reading makes none.
   *
   * @throws Refusal 404 if the user has no such deployment
   */
  public Estimated get(String userId, long dseq) {
    DeploymentId id = require(userId, dseq);
    return estimated(id, settings(userId, dseq));
  }

  /**
   * Sets the wish, whatever it was before.
   *
   * @throws Refusal 404 if the user has no such deployment
   */
  public Estimated set(String userId, long dseq, boolean autoTopUp) {
    DeploymentId id = require(userId, dseq);
    Optional<Instant> now = Optional.of(clock.instant());
    DeploymentSettings changed =
        new DeploymentSettings(
            userId, dseq, autoTopUp, settings(userId, dseq).createdAt().or(() -> now), now);
    settings.putDeployment(changed);
    return estimated(id, changed);
  }

  private DeploymentSettings settings(String userId, long dseq) {
    return settings
        .deployment(userId, dseq)
        .orElseGet(() -> DeploymentSettings.unsaid(userId, dseq));
  }

  private DeploymentId require(String userId, long dseq) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    if (chain.deployment(id).isEmpty()) {
      throw notFound();
    }
    return id;
  }

  /** No such deployment, or somebody else's. */
  public static Refusal notFound() {
    return new Refusal(new Problem.NotFound("Deployment setting not found"));
  }

  private Estimated estimated(DeploymentId id, DeploymentSettings wishes) {
    if (!wishes.autoTopUp()) {
      return new Estimated(wishes, BigDecimal.ZERO);
    }
    BigDecimal perBlock =
        chain.leases(id).stream()
            .filter(Lease::isActive)
            .map(Lease::price)
            .map(DecCoin::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Estimated(
        wishes, perBlock.multiply(BigDecimal.valueOf(LOOK_AHEAD.dividedBy(blockInterval))));
  }

  /** Whose settings are asked for: the user's own, if none or their own id is given. */
  public static boolean isOwn(String userId, Optional<String> asked) {
    return asked.map(userId::equals).orElse(true);
  }
}
