package io.berth.domain.lifecycle;

/** The chain, or a rule of Berth's, refuses to create the deployment. */
public final class DeploymentRefusedException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public DeploymentRefusedException(String message) {
    super(message);
  }
}
