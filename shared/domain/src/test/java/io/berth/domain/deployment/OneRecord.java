package io.berth.domain.deployment;

import io.berth.domain.akash.Coin;
import java.time.Instant;
import java.util.Optional;

/** Ann's record of the deployment that {@link LeasedChain} knows. */
record OneRecord(String sdl) implements DeploymentRecords {
  @Override
  public boolean create(DeploymentRecord record) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Optional<DeploymentRecord> find(String userId, long dseq) {
    return userId.equals("ann") && dseq == LeasedChain.ID.dseq()
        ? Optional.of(
            new DeploymentRecord(
                "ann",
                dseq,
                "request",
                LeasedChain.ID.owner(),
                DeploymentRecord.State.CREATED,
                sdl,
                "[]",
                "00",
                Coin.uact(1),
                Instant.EPOCH,
                Instant.EPOCH))
        : Optional.empty();
  }

  @Override
  public void setState(String userId, long dseq, DeploymentRecord.State state, Instant at) {
    throw new AssertionError("not asked for");
  }

  @Override
  public void setManifest(
      String userId, long dseq, String sdl, String manifest, String hash, Instant at) {
    throw new AssertionError("not asked for");
  }
}
