package io.berth.domain.provider;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Provider;

/** A provider's HTTPS gateway. Outcomes are types: providers fail in ordinary ways. */
public interface ProviderGateway {

  /**
   * Sends a deployment's whole manifest. Safe to repeat.
   *
   * @param userId the owner's user, whose wallet signs the token
   * @param manifest the text whose hash is on the chain
   */
  ManifestOutcome putManifest(String userId, Provider provider, long dseq, String manifest);

  /** Asks how a lease's services are doing. */
  StatusOutcome leaseStatus(String userId, Provider provider, BidId lease);
}
