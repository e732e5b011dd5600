package io.berth.domain.wallet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far one pass through all wallets has come.
 *
 * @param masterKey what wallets are sealed with in it
 * @param revision counts the states kept, over all runs, from 1; 0 if none was kept yet
 * @param cursor behind which the next page begins; empty at the beginning and at the end
 * @param counts of the wallets so far
 * @param broken users whose wallets were left as they are since they could not be opened; the first
 *     {@value #MOST_NAMED}
 * @param finishedAt empty while wallets are left
 */
public record ReSealRun(
    String masterKey,
    long revision,
    Optional<String> cursor,
    Counts counts,
    List<String> broken,
    Instant startedAt,
    Optional<Instant> finishedAt) {

  /** The log has them all. */
  public static final int MOST_NAMED = 100;

  /**
   * Wallets by what became of them. One that was sealed again just before the job was stopped is
   * counted as current when it is taken up.
   *
   * @param reSealed sealed again
   * @param current found as they should be
   * @param overtaken changed by someone else meanwhile, and left to them
   * @param broken left as they are, since they could not be opened
   */
  public record Counts(long reSealed, long current, long overtaken, long broken) {
    /** None yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts more) {
      return new Counts(
          reSealed + more.reSealed,
          current + more.current,
          overtaken + more.overtaken,
          broken + more.broken);
    }
  }

  public ReSealRun {
    broken = List.copyOf(broken);
  }

  /**
   * A run that is to begin.
   *
   * @param revision of the last state kept, of whatever run; 0 if there is none
   */
  public static ReSealRun start(String masterKey, long revision, Instant now) {
    return new ReSealRun(
        masterKey, revision, Optional.empty(), Counts.NONE, List.of(), now, Optional.empty());
  }

  public boolean isFinished() {
    return finishedAt.isPresent();
  }

  /**
   * This run after one more page.
   *
   * @param next behind which there is more; empty if that was the last page
   */
  public ReSealRun afterPage(
      Counts ofPage, List<String> brokenOfPage, Optional<String> next, Instant now) {
    return new ReSealRun(
        masterKey,
        revision + 1,
        next,
        counts.plus(ofPage),
        Stream.concat(broken.stream(), brokenOfPage.stream()).limit(MOST_NAMED).toList(),
        startedAt,
        next.isPresent() ? Optional.empty() : Optional.of(now));
  }
}
