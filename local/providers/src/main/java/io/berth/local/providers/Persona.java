package io.berth.local.providers;

/** How a simulated provider behaves; it may change at any time. */
public enum Persona {
  /** As providers should. */
  NORMAL,
  /** Answers refused manifests with the statuses of provider v0.11.1 and before. */
  OLD_VERSION,
  /** Lets every request wait for {@link ProviderConfig#slowness}. */
  SLOW,
  /** Bids, but its gateway refuses connections. */
  DOWN,
  /** Its policy is against every manifest. */
  MANIFEST_REFUSING,
  /** Its gateway shows a certificate in its name that is not on the chain. */
  WRONG_CERTIFICATE,
  /** Has forgotten all events, as Kubernetes does after an hour. */
  FORGETFUL,
  /** Makes no new bids. */
  NEVER_BIDS
}
