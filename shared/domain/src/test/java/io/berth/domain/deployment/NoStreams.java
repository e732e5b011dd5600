package io.berth.domain.deployment;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import java.util.List;

/** Providers that must not be asked for anything but what a test says. */
class NoStreams implements ProviderStreams {
  @Override
  public ReadOutcome<PodLine> logs(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps) {
    throw new AssertionError("not asked for");
  }

  @Override
  public ReadOutcome<PodLine> follow(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps,
      Listener listener) {
    throw new AssertionError("not asked for");
  }

  @Override
  public ReadOutcome<ClusterEvent> events(
      String userId, Provider provider, BidId lease, ReadCaps caps) {
    throw new AssertionError("not asked for");
  }
}
