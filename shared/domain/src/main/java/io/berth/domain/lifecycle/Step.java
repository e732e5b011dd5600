package io.berth.domain.lifecycle;

/** The steps of a deployment's way, in their usual order. */
public enum Step {
  /** The deployment goes on the chain, and its deposit into escrow. */
  CREATE_DEPLOYMENT,
  /** The owner, or the owner's rules, choose among the providers' bids. */
  CHOOSE_BIDS,
  /** The chosen bids become leases, all in one transaction. */
  CREATE_LEASES,
  /** The leases' providers get the manifest. */
  SEND_MANIFESTS,
  /** The providers start what the manifest says. */
  AWAIT_READY,
  /** Leases whose providers refused the manifest are closed, so that others may bid. */
  RELEASE_LEASES,
  /** Something failed: the deployment is closed, and the rest of its escrow comes back. */
  CLOSE_DEPLOYMENT
}
