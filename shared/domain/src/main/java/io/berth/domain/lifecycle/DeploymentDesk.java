package io.berth.domain.lifecycle;

import io.berth.domain.SideBySide;
import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.DeploymentView;
import io.berth.domain.problem.Refusal;
import java.util.Optional;
import java.util.function.Supplier;

/** Deployments as their owner looks at one: what the chain has of it, and how it came to be. */
public final class DeploymentDesk {
  private final DeploymentReader reader;
  private final OperationDesk operations;

  public DeploymentDesk(DeploymentReader reader, OperationDesk operations) {
    this.reader = reader;
    this.operations = operations;
  }

  /**
   * What there is to see.
   *
   * @param operation that made it; empty for deployments made without one
   */
  public record Sight(DeploymentView view, Optional<Operation> operation) {}

  /**
   * Looks at one, both at once.
   *
   * @throws Refusal if the user has no such deployment
   */
  public Sight look(String userId, long dseq) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Optional<Operation>> operation = reads.begin(() -> operations.of(userId, dseq));
      return new Sight(reader.view(userId, dseq), operation.get());
    }
  }
}
