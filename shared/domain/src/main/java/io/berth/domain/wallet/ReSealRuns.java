package io.berth.domain.wallet;

import java.util.Optional;

/** Where the last state of the last {@link ReSealRun} is kept. */
public interface ReSealRuns {

  /** The last state kept. */
  Optional<ReSealRun> last();

  /**
   * Keeps a state in the place of the one before it.
   *
   * @return false if the state kept is not that of the revision before; nothing is changed then
   */
  boolean keep(ReSealRun run);
}
