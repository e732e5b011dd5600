package io.berth.local.devnet.modules;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The chain refuses: a codespace, a code and the log text, as a node reports them. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode error;

  RefusedException(ErrorCode error, String log) {
    super(log, null, false, false);
    this.error = error;
  }

  /** Which error. */
  public ErrorCode error() {
    return error;
  }

  /** The same refusal with a prefix before its text. */
  public RefusedException prefixed(String prefix) {
    return new RefusedException(error, prefix + ": " + getMessage());
  }

  /** How a query answers it. */
  public StatusRuntimeException toStatus() {
    return Status.fromCode(error.grpc()).withDescription(getMessage()).asRuntimeException();
  }
}
