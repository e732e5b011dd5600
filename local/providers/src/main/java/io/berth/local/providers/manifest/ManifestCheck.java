package io.berth.local.providers.manifest;

import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import java.util.Arrays;
import java.util.List;

/** The checks of a manifest, in the provider's order: structure, hash, groups on the chain. */
public final class ManifestCheck {
  private ManifestCheck() {}

  /**
   * Checks a manifest against its deployment.
   *
   * @param hash of the deployment on the chain, 32 bytes
   * @param groups of the deployment on the chain
   * @throws ManifestRefusedException with what a provider would answer
   */
  public static void check(Manifest manifest, byte[] hash, List<GroupSpec> groups)
      throws ManifestRefusedException {
    ManifestRules.check(manifest);
    if (!Arrays.equals(manifest.version(), hash)) {
      throw new ManifestRefusedException(Fault.VERSION, "manifest version validation failed");
    }
    GroupFit.check(manifest, groups);
  }
}
