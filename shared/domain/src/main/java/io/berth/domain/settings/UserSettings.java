package io.berth.domain.settings;

import java.util.Optional;

/** The settings table. Reads are consistent. */
public interface UserSettings {

  Optional<WalletSettings> wallet(String userId);

  /** Keeps them in place of what was there. */
  void putWallet(String userId, WalletSettings settings);

  /**
   * Forgets them.
   *
   * @return whether there were any
   */
  boolean deleteWallet(String userId);

  Optional<DeploymentSettings> deployment(String userId, long dseq);

  /** Keeps them in place of what was there. */
  void putDeployment(DeploymentSettings settings);
}
