package io.berth.domain.deployment;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Instant;
import java.util.Optional;

/** The deployments table. Reads are consistent. */
public interface DeploymentRecords {

  /**
   * Keeps a new record.
   *
   * @return false if the user has one with this dseq; nothing is changed then
   */
  boolean create(DeploymentRecord record);

  Optional<DeploymentRecord> find(String userId, long dseq);

  /**
   * The user's deployment.
   *
   * @throws Refusal if there is none of this dseq
   */
  default DeploymentRecord require(String userId, long dseq) {
    return find(userId, dseq).orElseThrow(() -> new Refusal(Problem.NotFound.deployment()));
  }

  /** Sets the state of an existing record. */
  void setState(String userId, long dseq, DeploymentRecord.State state, Instant at);

  /** Replaces SDL, manifest and hash of an existing record, after an update on the chain. */
  void setManifest(String userId, long dseq, String sdl, String manifest, String hash, Instant at);
}
