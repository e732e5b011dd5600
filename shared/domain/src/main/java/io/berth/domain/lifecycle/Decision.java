package io.berth.domain.lifecycle;

import io.berth.domain.deployment.Leasing.Choice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bids that were chosen together, and how far that has come.
 *
 * @param reachedAt when it came to stand as it does
 * @param fault why it was refused, or what is in its way for now
 */
public record Decision(
    List<Choice> choices, Standing standing, Instant reachedAt, Optional<Fault> fault) {
  public Decision {
    choices = List.copyOf(choices);
  }

  /** How far a decision has come. */
  public enum Standing {
    /** Chosen; the leases may or may not be on the chain. */
    CHOSEN,
    /** The leases are on the chain. */
    LEASED,
    /** The providers took the manifest. */
    ACCEPTED,
    /** It came to nothing; other bids may be chosen. */
    REFUSED
  }

  /** A fresh choice. */
  public static Decision of(List<Choice> choices, Instant at) {
    return new Decision(choices, Standing.CHOSEN, at, Optional.empty());
  }

  /** This decision, further on its way. */
  public Decision reach(Standing next, Instant at) {
    return new Decision(choices, next, at, Optional.empty());
  }

  /** This decision, as far as it was, with something in its way. */
  public Decision hindered(Fault by) {
    return new Decision(choices, standing, reachedAt, Optional.of(by));
  }

  /** This decision, come to nothing. */
  public Decision refuse(Fault why, Instant at) {
    return new Decision(choices, Standing.REFUSED, at, Optional.of(why));
  }

  /** Whether nothing more will become of it. */
  public boolean isOver() {
    return standing == Standing.ACCEPTED || standing == Standing.REFUSED;
  }

  /** Whether these are the same bids, in any order. */
  public boolean isFor(List<Choice> others) {
    return Set.copyOf(choices).equals(Set.copyOf(others));
  }
}
