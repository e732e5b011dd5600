package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Refusal;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lists a user's deployments from the chain, page by page. */
public final class DeploymentLister {
  private final Owners owners;
  private final AkashReader chain;
  private final Function<String, Map<BidId, KnownStatus>> statuses;
  private final InstantSource clock;

  /**
   * @param statuses what is known of a user's leases, without asking anyone; see {@link
   *     io.berth.domain.status.StatusBoard#cached}
   */
  public DeploymentLister(
      Owners owners,
      AkashReader chain,
      Function<String, Map<BidId, KnownStatus>> statuses,
      InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * Which deployments, and how many of them.
   *
   * @param state empty for every state
   * @param newestFirst by dseq; else the oldest first, as the chain has them
   * @param after the dseq of the last deployment seen, to go on behind it; what came or went
   *     meanwhile shifts nothing
   * @param skip how many to pass over
   * @param limit the most to show; empty for all
   */
  public record Query(
      Optional<Deployment.State> state,
      boolean newestFirst,
      Optional<Long> after,
      int skip,
      Optional<Integer> limit) {}

  /**
   * A part of the list.
   *
   * @param total how many match, on whatever page
   * @param hasMore whether some follow
   */
  public record Page(List<DeploymentView> deployments, int total, int limit, boolean hasMore) {
    public Page {
      deployments = List.copyOf(deployments);
    }

    /** The dseq to go on behind; empty if nothing follows. */
    public Optional<Long> next() {
      return hasMore
          ? Optional.of(deployments.getLast().deployment().id().dseq())
          : Optional.empty();
    }
  }

  /**
   * A page. The chain is asked for deployments and leases at once, once wallet and statuses are
   * known, which are read at once too.
   *
   * @throws Refusal 404 if the user has no wallet
   */
  public Page list(String userId, Query query) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Wallet> wallet = reads.begin(() -> owners.require(userId));
      Supplier<Map<BidId, KnownStatus>> known = reads.begin(() -> statuses.apply(userId));
      return page(find(wallet.get().address(), query), known.get(), query);
    }
  }

  private Page page(Found found, Map<BidId, KnownStatus> known, Query query) {
    List<Deployment> matching = query.newestFirst() ? found.all().reversed() : found.all();
    List<Deployment> ahead =
        matching.stream()
            .filter(deployment -> isAhead(deployment.id().dseq(), query))
            .skip(query.skip())
            .toList();
    int limit = query.limit().orElse(matching.size());
    List<Deployment> page = ahead.stream().limit(limit).toList();
    Instant now = clock.instant();
    return new Page(
        page.stream().map(deployment -> found.view(deployment, known, now)).toList(),
        matching.size(),
        limit,
        ahead.size() > limit);
  }

  private static boolean isAhead(long dseq, Query query) {
    return query.after().map(last -> query.newestFirst() ? dseq < last : dseq > last).orElse(true);
  }

  /** Deployments by ascending dseq, and leases of each; those of others are not needed. */
  private record Found(List<Deployment> all, Map<DeploymentId, List<Lease>> leases) {
    DeploymentView view(Deployment deployment, Map<BidId, KnownStatus> known, Instant now) {
      return DeploymentView.of(deployment, of(deployment), known, now);
    }

    private List<Lease> of(Deployment deployment) {
      return leases.getOrDefault(deployment.id(), List.of());
    }
  }

  private Found find(String owner, Query query) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<List<Deployment>> deployments =
          reads.begin(() -> chain.deployments(owner, query.state()));
      Supplier<List<Lease>> leases = reads.begin(() -> chain.leasesOf(owner, Optional.empty()));
      return new Found(
          deployments.get(),
          leases.get().stream().collect(Collectors.groupingBy(lease -> lease.id().deployment())));
    }
  }
}
