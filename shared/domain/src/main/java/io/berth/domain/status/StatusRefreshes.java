package io.berth.domain.status;

/** Asks for a deployment's status outside the request. */
public interface StatusRefreshes {

  /** Has the status of the deployment's leases refreshed soon; never waits, and may be lost. */
  void request(String userId, long dseq);
}
