package io.berth.chain;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;

/**
 * Which node to talk to, and how.
 *
 * @param node {@code https://host:port}, or {@code http://host:port} for plain text
 * @param chainId the chain that the node must be on
 * @param gasMultiplier how much more gas to allow than the simulation used, such as 2: rent settled
 *     by a message grows until the transaction lands
 * @param deadline for each call, its retries included
 */
public record NodeConfig(
    URI node, String chainId, GasPrice gasPrice, BigDecimal gasMultiplier, Duration deadline) {

  /** The gas price and multiplier that Console uses, and five seconds for each call. */
  public static NodeConfig of(URI node, String chainId) {
    return new NodeConfig(
        node, chainId, GasPrice.parse("0.025uakt"), BigDecimal.valueOf(2), Duration.ofSeconds(5));
  }
}
