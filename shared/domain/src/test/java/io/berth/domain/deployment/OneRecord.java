package io.berth.domain.deployment;

import io.berth.domain.akash.Coin;
import java.time.Instant;
import java.util.Optional;

/** Ann's record of the deployment that {@link LeasedChain} knows. */
record OneRecord(String sdl) implements DeploymentRecords {
  /** Of web and web-api in group 1, and db in group 2. */
  static final OneRecord OF_TWO_GROUPS =
      new OneRecord(
          """
      version: "2.0"
      services:
        web: &any
          image: nginx:1.27
          expose:
            - port: 80
              to:
                - global: true
        web-api: *any
        db: *any
      profiles:
        compute:
          small:
            resources:
              cpu: {units: 0.1}
              memory: {size: 128Mi}
              storage: {size: 512Mi}
        placement:
          east: &east
            pricing:
              small: {denom: uact, amount: 1000}
          west: *east
      deployment:
        web: &one
          east: {profile: small, count: 1}
        web-api: *one
        db:
          west: {profile: small, count: 1}
      """);

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
