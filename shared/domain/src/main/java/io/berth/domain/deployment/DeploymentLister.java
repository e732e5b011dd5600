package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.deployment.DeploymentView.LeaseView;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lists a user's deployments from the chain, page by page. */
public final class DeploymentLister {
  private final Owners owners;
  private final AkashReader chain;

  public DeploymentLister(Owners owners, AkashReader chain) {
    this.owners = owners;
    this.chain = chain;
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
   * A page. The chain is asked for deployments and leases at once, once the wallet is known.
   *
   * @throws Refusal 404 if the user has no wallet
   */
  public Page list(String userId, Query query) {
    String owner = owners.require(userId).address();
    Found found = find(owner, query);
    List<Deployment> matching = query.newestFirst() ? found.all().reversed() : found.all();
    List<Deployment> ahead =
        matching.stream()
            .filter(deployment -> isAhead(deployment.id().dseq(), query))
            .skip(query.skip())
            .toList();
    int limit = query.limit().orElse(matching.size());
    return new Page(
        ahead.stream().limit(limit).map(found::view).toList(),
        matching.size(),
        limit,
        ahead.size() > limit);
  }

  private static boolean isAhead(long dseq, Query query) {
    return query.after().map(last -> query.newestFirst() ? dseq < last : dseq > last).orElse(true);
  }

  /** Deployments by ascending dseq, and leases of each; those of others are not needed. */
  private record Found(List<Deployment> all, Map<DeploymentId, List<Lease>> leases) {
    DeploymentView view(Deployment deployment) {
      return new DeploymentView(
          deployment,
          leases.getOrDefault(deployment.id(), List.of()).stream()
              .map(lease -> new LeaseView(lease, Optional.empty()))
              .toList());
    }
  }

  private Found find(String owner, Query query) {
    List<Supplier<List<?>>> reads =
        List.of(
            () -> chain.deployments(owner, query.state()),
            () -> chain.leasesOf(owner, Optional.empty()));
    List<List<?>> read = SideBySide.map(reads, Supplier::get);
    List<Deployment> deployments = read.get(0).stream().map(Deployment.class::cast).toList();
    return new Found(
        deployments,
        read.get(1).stream()
            .map(Lease.class::cast)
            .collect(Collectors.groupingBy(lease -> lease.id().deployment())));
  }
}
