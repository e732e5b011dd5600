package io.berth.local.devnet.modules.deployment;

import io.berth.local.devnet.modules.Coins;
import io.berth.proto.akash.deployment.v1beta4.Params;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.util.List;

/** The module's parameters, as the v2.1.0 upgrade set them. */
final class DeploymentParams {

  /** The smallest deposit of a new deployment. A uakt one is refused all the same. */
  static final List<Coin> MIN_DEPOSITS =
      List.of(Coins.coin(Coins.UACT, 500_000), Coins.coin(Coins.UAKT, 500_000));

  static Params params() {
    return Params.newBuilder().addAllMinDeposits(MIN_DEPOSITS).build();
  }

  private DeploymentParams() {}
}
