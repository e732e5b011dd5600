package io.berth.local.crashtests;

import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Submission;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.store.DynamoWallets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Committed transactions a second, on a devnet with 1-second blocks and the signer in one process,
 * and DynamoDB in another: of one wallet and of many, unordered and ordered, in one run ({@code
 * make bench-ledger}).
 */
final class LedgerBenchmark {
  private static final Duration BLOCK = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(30);

  private LedgerBenchmark() {}

  /**
   * Updates of one deployment, each to another hash: of all messages the one whose gas stays the
   * same however many there were.
   */
  private record Updates(String funding, Wallet wallet, DeploymentId deployment) {
    Submission submission(int number) {
      byte[] hash = ByteBuffer.allocate(32).putInt(number).array();
      return new Submission(
          "update/" + wallet.userId() + "/" + number,
          new WalletRef.OfUser(wallet.userId()),
          wallet.identity(),
          () -> List.of(new ChainMessage.UpdateDeployment(deployment, Bytes.of(hash))),
          Optional.of(funding));
    }
  }

  /** How the load is spread. */
  private record Load(String name, boolean ordered, int wallets, int workersPerWallet) {}

  /** A submitter commits at most one transaction in one or two blocks, so there are many. */
  private static final List<Load> LOADS =
      List.of(
          new Load("unordered, one wallet", false, 1, 800),
          new Load("unordered, 50 wallets", false, 50, 20),
          new Load("ordered, one wallet", true, 1, 4),
          new Load("ordered, 50 wallets", true, 50, 1));

  /** What was measured. */
  private record Figures(
      int committed, double perSecond, double median, double p99, int notCommitted) {}

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println(
        "| load | submitters | committed/s | median, s | p99, s | not committed | calls each"
            + " | read units each | write units each |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    List<String> operations = new ArrayList<>();
    try (World world = World.live(BLOCK)) {
      for (Load load : LOADS) {
        List<Worker> workers = workers(world, load, wallets(world, load));
        Figures _ = run(workers, WARM_UP, 0);
        StoreCalls.Count _ = world.storeCalls.take();
        Figures figures = run(workers, MEASURED, 1);
        StoreCalls.Count count = world.storeCalls.take();
        double committed = figures.committed();
        System.out.printf(
            "| %s | %d | %.1f | %.2f | %.2f | %d | %.1f | %.1f | %.1f |%n",
            load.name(),
            workers.size(),
            figures.perSecond(),
            figures.median(),
            figures.p99(),
            figures.notCommitted(),
            count.total() / committed,
            count.readUnits() / committed,
            count.writeUnits() / committed);
        operations.add(load.name() + ": " + perTransaction(count, committed));
      }
    }
    operations.forEach(System.out::println);
  }

  private static String perTransaction(StoreCalls.Count count, double committed) {
    return count.calls().entrySet().stream()
        .filter(calls -> calls.getValue() > 0)
        .map(calls -> "%s %.2f".formatted(calls.getKey(), calls.getValue() / committed))
        .collect(Collectors.joining(", "));
  }

  private static List<Updates> wallets(World world, Load load) {
    Map<Integer, Updates> wallets = new ConcurrentHashMap<>();
    world.atOnce(
        IntStream.range(0, load.wallets())
            .<Runnable>mapToObj(i -> () -> wallets.put(i, wallet(world, load.name() + " " + i, i)))
            .toList());
    return List.copyOf(wallets.values());
  }

  private static Updates wallet(World world, String user, int seed) {
    DeploymentId deployment = Flows.deployment(process(world, false, seed), user);
    return new Updates(
        world.funding(),
        new DynamoWallets(world.dynamoDb, "Wallets").find(user).orElseThrow(),
        deployment);
  }

  private static BerthProcess process(World world, boolean ordered, long seed) {
    return new BerthProcess(world, Tripwire.absent(), Flows.provider(world), ordered, seed);
  }

  /**
   * One submitter, with a process of its own that serves all its transactions, as a warm function's
   * instance does.
   */
  private record Worker(BerthProcess process, Updates updates) {}

  private static List<Worker> workers(World world, Load load, List<Updates> wallets) {
    return IntStream.range(0, load.wallets() * load.workersPerWallet())
        .mapToObj(
            i -> new Worker(process(world, load.ordered(), i), wallets.get(i % wallets.size())))
        .toList();
  }

  private static Figures run(List<Worker> workers, Duration time, int round)
      throws InterruptedException {
    AtomicInteger numbers = new AtomicInteger(round * 1_000_000);
    ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    AtomicInteger others = new AtomicInteger();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (Worker worker : workers) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      long begin = System.nanoTime();
                      if (isCommitted(worker, numbers.incrementAndGet())) {
                        latencies.add(System.nanoTime() - begin);
                      } else {
                        others.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Figures(
        sorted.length, sorted.length / seconds, at(sorted, 0.5), at(sorted, 0.99), others.get());
  }

  private static boolean isCommitted(Worker worker, int number) {
    Submission submission = worker.updates().submission(number);
    try {
      return worker.process().ledger.submit(submission) instanceof Outcome.Committed;
    } catch (ChainUnavailableException e) {
      return false;
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e9;
  }
}
