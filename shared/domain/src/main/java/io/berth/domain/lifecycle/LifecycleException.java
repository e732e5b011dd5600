package io.berth.domain.lifecycle;

/**
 * A step cannot go on. The class's name is what the state machine catches; the reason is on the
 * operation already.
 */
public abstract sealed class LifecycleException extends RuntimeException
    permits DeploymentRefusedException,
        LeaseLostException,
        LeasesRefusedAgainException,
        LeasesRefusedException,
        ManifestRefusedAgainException,
        ManifestRefusedException,
        NoAcceptableBidException,
        NobodyChoseException,
        OperationCancelledException,
        StepTimedOutException {
  private static final long serialVersionUID = 1L;

  LifecycleException(String message) {
    super(message);
  }
}
