package io.berth.domain.provider;

import java.time.Duration;

/**
 * Issues tokens that a user shows to providers himself (AEP-64). Only the signer can. Apart from
 * {@link ProviderTokens}, since Berth's own calls never need as much.
 */
public interface OwnerTokens {

  /** The longest life of such a token. A provider cannot be told to forget one. */
  Duration LONGEST_LIFE = Duration.ofHours(1);

  /**
   * A JWT of the user's wallet.
   *
   * @param life from now, at most {@link #LONGEST_LIFE}
   */
  String issue(String userId, Duration life, LeaseAccess access);
}
