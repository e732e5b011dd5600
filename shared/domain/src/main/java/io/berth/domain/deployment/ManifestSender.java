package io.berth.domain.deployment;

import io.berth.domain.Pause;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends manifests to the providers that hold a deployment's active leases. */
public final class ManifestSender {
  private final AkashReader chain;
  private final ProviderGateway gateway;
  private final Duration retryInterval;
  private final Duration patience;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param retryInterval time between tries while a provider does not see the lease or the new hash
   *     yet; about a block
   * @param patience how long to go on trying with one provider
   */
  public ManifestSender(
      AkashReader chain,
      ProviderGateway gateway,
      Duration retryInterval,
      Duration patience,
      InstantSource clock,
      Pause pause) {
    this.chain = chain;
    this.gateway = gateway;
    this.retryInterval = retryInterval;
    this.patience = patience;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Sends the manifest to each provider of an active lease, once per provider.
   *
   * @throws Refusal if a provider does not take it; sending again is safe
   */
  public void sendToLeases(String userId, DeploymentId id, String manifest) {
    for (String provider : providersOf(id)) {
      send(userId, id, provider, manifest);
    }
  }

  /**
   * Sends the manifest to each provider of an active lease once, without trying again.
   *
   * @return how each took it
   */
  public Map<Provider, ManifestOutcome> offerToLeases(
      String userId, DeploymentId id, String manifest) {
    Map<Provider, ManifestOutcome> outcomes = new LinkedHashMap<>();
    for (String address : providersOf(id)) {
      Provider provider = requireProvider(address);
      outcomes.put(provider, gateway.putManifest(userId, provider, id.dseq(), manifest));
    }
    return outcomes;
  }

  private List<String> providersOf(DeploymentId id) {
    return chain.leases(id).stream()
        .filter(Lease::isActive)
        .map(lease -> lease.id().provider())
        .distinct()
        .toList();
  }

  private Provider requireProvider(String address) {
    return chain
        .provider(address)
        .orElseThrow(() -> new Refusal(new Problem.NotFound("Provider " + address + " not found")));
  }

  private void send(String userId, DeploymentId id, String address, String manifest) {
    Provider provider = requireProvider(address);
    Instant giveUp = clock.instant().plus(patience);
    while (true) {
      ManifestOutcome outcome = gateway.putManifest(userId, provider, id.dseq(), manifest);
      if (outcome instanceof ManifestOutcome.Accepted) {
        return;
      }
      if (!isWorthRepeating(outcome) || !clock.instant().plus(retryInterval).isBefore(giveUp)) {
        throw new Refusal(problem(outcome, provider), outcome.toString());
      }
      waitForRetry();
    }
  }

  private static boolean isWorthRepeating(ManifestOutcome outcome) {
    return switch (outcome) {
      case ManifestOutcome.NotYetVisible none -> true;
      case ManifestOutcome.StaleVersion stale -> true;
      case ManifestOutcome.ProviderFailed failed -> true;
      case ManifestOutcome.Unreachable unreachable -> true;
      case ManifestOutcome.Unauthorized unauthorized -> true;
      case ManifestOutcome.Accepted accepted -> false;
      case ManifestOutcome.Rejected rejected -> false;
      case ManifestOutcome.Untrusted untrusted -> false;
    };
  }

  /** What an outcome that is no acceptance means to the user. */
  public static Problem problem(ManifestOutcome outcome, Provider provider) {
    return switch (outcome) {
      case ManifestOutcome.Rejected(String text) ->
          new Problem.Impossible("The provider refused the manifest: " + text.strip());
      case ManifestOutcome.Untrusted(String reason) ->
          new Problem.Unavailable(
              "Provider " + provider.owner() + " does not show its certificate: " + reason);
      case ManifestOutcome.NotYetVisible none ->
          new Problem.Unavailable(
              "Provider " + provider.owner() + " does not see the lease yet. Repeat the request.");
      case ManifestOutcome.StaleVersion stale ->
          new Problem.Unavailable(
              "Provider "
                  + provider.owner()
                  + " still expects an older manifest. Repeat the request.");
      case ManifestOutcome.Accepted accepted -> throw new IllegalStateException("not a problem");
      case ManifestOutcome.Unauthorized unauthorized -> unavailable(provider);
      case ManifestOutcome.Unreachable unreachable -> unavailable(provider);
      case ManifestOutcome.ProviderFailed failed -> unavailable(provider);
    };
  }

  private static Problem unavailable(Provider provider) {
    return new Problem.Unavailable(
        "Provider " + provider.hostUri() + " is temporarily unavailable");
  }

  private void waitForRetry() {
    try {
      pause.pause(retryInterval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(new Problem.Unavailable("Interrupted while sending the manifest"));
    }
  }
}
