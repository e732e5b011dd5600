package io.berth.local.stack;

import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import java.net.URI;

/** A look at the devnet behind Berth's back. */
final class Chain {
  private Chain() {}

  static NodeClient of(LocalBerth berth) {
    return new NodeClient(
        NodeConfig.of(
            URI.create("http://localhost:" + berth.devnet().port()), berth.devnet().chainId()));
  }
}
