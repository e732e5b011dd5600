package io.berth.local.providers;

import io.berth.domain.akash.DeploymentId;
import io.berth.local.providers.manifest.ManifestDesk;
import io.berth.local.providers.manifest.ManifestDesk.Deployed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The chain as a provider sees it: late, if its node is behind. */
final class LateChain implements ManifestDesk.Chain {
  /** How many blocks a node is behind. */
  private static final int BLOCKS = 3;

  private final ManifestDesk.Chain chain;
  private final LongSupplier height;
  private final Supplier<Persona> persona;
  private final Map<DeploymentId, Deque<View>> views = new HashMap<>();

  private record View(long since, Deployed deployed) {}

  LateChain(ManifestDesk.Chain chain, LongSupplier height, Supplier<Persona> persona) {
    this.chain = chain;
    this.height = height;
    this.persona = persona;
  }

  @Override
  public synchronized Deployed deployment(DeploymentId id) {
    Deployed now = chain.deployment(id);
    Deque<View> seen = views.computeIfAbsent(id, _ -> withoutLeases(now));
    if (!seen.getLast().deployed().equals(now)) {
      seen.addLast(new View(height.getAsLong(), now));
    }
    return persona.get() == Persona.LAGGING ? late(seen) : now;
  }

  private Deployed late(Deque<View> seen) {
    return seen.reversed().stream()
        .filter(view -> view.since() + BLOCKS <= height.getAsLong())
        .findFirst()
        .orElseThrow()
        .deployed();
  }

  /** Before a provider hears of a lease, it has none. */
  private static Deque<View> withoutLeases(Deployed now) {
    return new ArrayDeque<>(
        List.of(new View(-BLOCKS, new Deployed(now.hash(), now.groups(), List.of()))));
  }
}
