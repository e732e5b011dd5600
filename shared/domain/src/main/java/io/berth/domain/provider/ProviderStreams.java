package io.berth.domain.provider;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Provider;
import java.util.List;

/** What providers tell over WebSockets, read to the end or to a cap, whichever comes first. */
public interface ProviderStreams {

  /**
   * The last lines of a lease's replicas.
   *
   * @param userId the owner's user, whose wallet signs the token
   * @param services names of the SDL; empty for all
   * @param tail how many lines of each replica
   */
  ReadOutcome<PodLine> logs(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps);

  /**
   * The last lines of a lease's replicas, and those that they write from then on, each told when it
   * comes. The provider has to wait while the listener does.
   *
   * @param userId the owner's user, whose wallet signs the token
   * @param services names of the SDL; empty for all
   * @param tail how many lines of each replica that are there already
   * @return how it ended; the lines were told and are not in it
   */
  ReadOutcome<PodLine> follow(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps,
      Listener listener);

  /** Who is told while a lease is followed. What it throws ends the following. */
  interface Listener {

    /** The provider agreed; lines follow. */
    void opened();

    /** A line. */
    void line(PodLine line);

    /** Nothing came for a while; so whoever listens further on can be told that all is well. */
    void quiet();
  }

  /**
   * What a provider's cluster reports of a lease; it forgets after about an hour.
   *
   * @param userId the owner's user, whose wallet signs the token
   */
  ReadOutcome<ClusterEvent> events(String userId, Provider provider, BidId lease, ReadCaps caps);
}
