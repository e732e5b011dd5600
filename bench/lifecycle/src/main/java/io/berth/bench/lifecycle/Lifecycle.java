package io.berth.bench.lifecycle;

import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import io.berth.local.stack.ApiClient;
import io.berth.local.stack.LocalBerth;
import io.berth.local.stack.LocalOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * {@code make bench-lifecycle}: deployments over HTTP on a devnet with blocks of 6 seconds, in one
 * call and the peer's documented way by turns, each beside the floor of its own run: the blocks of
 * deployment, bid and lease, from that request on.
 */
public final class Lifecycle {
  private static final Duration BLOCK_TIME = Duration.ofSeconds(6);
  private static final long CREDIT_UACT = 1_000_000_000;

  private final Deployer deployer;
  private final List<Run> ours = new ArrayList<>();
  private final List<Run> peers = new ArrayList<>();

  private Lifecycle(Deployer deployer) {
    this.deployer = deployer;
  }

  /** Takes the number of runs of each way, and how many users deploy at the same time. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int runs = Integer.parseInt(arguments[0]);
    int users = Integer.parseInt(arguments[1]);
    Path root = Path.of("").toAbsolutePath();
    String sdl = Files.readString(root.resolve("docs/examples/web.yaml"));
    LocalOptions options = new LocalOptions(root, 0, BLOCK_TIME, Optional.empty());
    try (LocalBerth berth = LocalBerth.start(options);
        NodeClient chain = chain(berth);
        ExecutorService threads = Executors.newFixedThreadPool(users)) {
      List<Lifecycle> all = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        all.add(new Lifecycle(deployer(berth, chain, sdl, "bench-" + user)));
      }
      List<Callable<Void>> work = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        int share = runs / users + (user < runs % users ? 1 : 0);
        work.add(all.get(user).times(share));
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        Void _ = done.get();
      }
      report(all);
    }
    System.exit(0);
  }

  private static NodeClient chain(LocalBerth berth) {
    return new NodeClient(
        NodeConfig.of(
            URI.create("http://localhost:" + berth.devnet().port()), berth.devnet().chainId()));
  }

  private static Deployer deployer(LocalBerth berth, NodeClient chain, String sdl, String user) {
    String address = berth.users().activate(user, CREDIT_UACT);
    String key = berth.users().apiKey(user, "bench", Optional.empty());
    return new Deployer(new ApiClient(berth.url(), Optional.of(key)), address, chain, sdl);
  }

  /** One run of each way does not count: then everything is loaded and compiled. */
  private Callable<Void> times(int runs) {
    return () -> {
      Run _ = deployer.inOneCall();
      for (int run = 0; run < runs; run++) {
        anyMoment();
        ours.add(deployer.inOneCall());
        anyMoment();
        peers.add(deployer.asDocumentedByThePeer());
      }
      return null;
    };
  }

  /** Requests come at any moment between two blocks, not just after the one that ended the last. */
  private static void anyMoment() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(BLOCK_TIME.toMillis()));
  }

  private static void report(List<Lifecycle> all) {
    List<Run> ours = all.stream().flatMap(each -> each.ours.stream()).toList();
    List<Run> peers = all.stream().flatMap(each -> each.peers.stream()).toList();
    System.out.println(
        "| %d runs each | p50, s | p99, s | p50 of floor | p99 of floor |\n|---|---|---|---|---|"
            .formatted(ours.size()));
    row("floor: blocks of deployment, bid and lease", ours, Run::floor);
    row("one call: lease active", ours, Run::leased);
    row("one call: manifest accepted", ours, Run::accepted);
    row("peer's way: lease active, manifest sent", peers, Run::accepted);
    System.out.printf(
        Locale.ROOT,
        "%nOne call, medians: created after %.2f s, chosen %.2f s later, leased %.2f s later,"
            + " accepted %.2f s later. Blocks to the lease: %s.%n",
        at(0.5, ours, Run::created),
        at(0.5, ours, run -> run.chosen() - run.created()),
        at(0.5, ours, run -> run.leased() - run.chosen()),
        at(0.5, ours, run -> run.accepted() - run.leased()),
        blocks(ours));
  }

  private static void row(String what, List<Run> runs, ToDoubleFunction<Run> seconds) {
    ToDoubleFunction<Run> ofFloor = run -> seconds.applyAsDouble(run) / run.floor();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f |%n",
        what,
        at(0.5, runs, seconds),
        at(0.99, runs, seconds),
        at(0.5, runs, ofFloor),
        at(0.99, runs, ofFloor));
  }

  /** The quantile by nearest rank, which of few runs may be the greatest. */
  private static double at(double quantile, List<Run> runs, ToDoubleFunction<Run> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  private static Map<Long, Long> blocks(List<Run> runs) {
    return runs.stream()
        .collect(Collectors.groupingBy(Run::blocks, TreeMap::new, Collectors.counting()));
  }
}
