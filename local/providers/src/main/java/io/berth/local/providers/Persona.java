package io.berth.local.providers;

/**
 * How a simulated provider behaves; it may change at any time. What else can be done to it are
 * methods of {@link ProviderSimulator}. README.md tells which failure of real providers each stands
 * for, and which test shows what Berth makes of it.
 */
public enum Persona {
  /** As providers should. */
  NORMAL,
  /** Answers refused manifests with the statuses of provider v0.11.1 and before. */
  OLD_VERSION,
  /** Its SDK does not know the newest fields of manifests, drops them, and gets another hash. */
  OLD_SDK,
  /** Lets every request wait for {@link ProviderConfig#slowness}. */
  SLOW,
  /** Bids, but its gateway refuses connections. */
  DOWN,
  /** What stands before its gateway answers everything with a page of HTML. */
  BROKEN_INGRESS,
  /** Does what it is asked for, and then breaks the connection instead of answering. */
  DROPS_ANSWERS,
  /** Fails at the first manifest of each deployment. */
  FAILS_FIRST,
  /** Its node is some blocks behind: leases and new hashes come to it late. */
  LAGGING,
  /** Its policy is against every manifest. */
  MANIFEST_REFUSING,
  /** Its gateway shows a certificate in its name that is not on the chain. */
  WRONG_CERTIFICATE,
  /** Has revoked the certificate that its gateway shows; a new one follows with another persona. */
  REVOKED_CERTIFICATE,
  /** Its clock is two minutes behind. */
  CLOCK_BEHIND,
  /** Its clock is two minutes ahead. */
  CLOCK_AHEAD,
  /** Takes manifests, and nothing comes of them. */
  NEVER_RUNS,
  /** Containers start, end, and are started again. */
  CRASH_LOOPING,
  /** Does not reach its own cluster. */
  CLUSTER_DOWN,
  /** Has forgotten all events, as Kubernetes does after an hour. */
  FORGETFUL,
  /** Tells every event twice, the second time as if it were new. */
  REPEATS_EVENTS,
  /** Its finished logs have no end. */
  FLOODS_LOGS,
  /** Makes no new bids. */
  NEVER_BIDS,
  /** Means to close leases that no manifest came for, and fails: they stay, and cost. */
  KEEPS_EMPTY_LEASES
}
