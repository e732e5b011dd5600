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
   * What a provider's cluster reports of a lease; it forgets after about an hour.
   *
   * @param userId the owner's user, whose wallet signs the token
   */
  ReadOutcome<ClusterEvent> events(String userId, Provider provider, BidId lease, ReadCaps caps);
}
