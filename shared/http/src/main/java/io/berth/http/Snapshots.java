package io.berth.http;

import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What functions do before Lambda takes a snapshot of them (SnapStart): they run their own code
 * once, so that its classes are loaded, linked and perhaps compiled in every copy. Without
 * SnapStart nothing of it runs.
 *
 * <p>All copies start from the same snapshot, so it must have nothing secret or unique in it:
 * priming uses nobody's credentials, closes its connections, and leaves nothing behind.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     runtime hooks</a>
 */
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** The context itself holds them weakly. */
  private static final List<Resource> HELD = new ArrayList<>();

  private Snapshots() {}

  /**
   * Runs this before a snapshot. If it fails, the first request is slower, and nothing else: what
   * it calls may well refuse it.
   */
  public static synchronized void prime(String what, Runnable priming) {
    Resource resource = new Priming(what, priming);
    HELD.add(resource);
    Core.getGlobalContext().register(resource);
  }

  private record Priming(String what, Runnable priming) implements Resource {
    @Override
    @SuppressWarnings("CatchingUnchecked") // No priming may keep a function from being published.
    public void beforeCheckpoint(Context<? extends Resource> context) {
      try {
        priming.run();
        LOG.info("primed {}", what);
      } catch (RuntimeException e) {
        LOG.info("primed {}, which said: {}", what, e.getMessage());
      }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
      // Nothing was held that could have gone stale.
    }
  }
}
