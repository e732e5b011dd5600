package io.berth.domain.provider;

/** Issues tokens that providers accept from a lease's owner (AEP-64). Only the signer can. */
public interface ProviderTokens {

  /** A JWT for one request; expires within minutes. */
  String issue(TokenRequest request);
}
