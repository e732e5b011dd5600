package io.berth.local.devnet.modules;

import io.grpc.Status;

/**
 * One registered error of the chain.
 *
 * @param codespace the module that registered it, such as {@code market}
 * @param code its number within the codespace
 * @param grpc the status a query answers with
 * @param text the registered text
 */
public record ErrorCode(String codespace, int code, Status.Code grpc, String text) {

  /** An error that only transactions meet; a query would answer Unknown. */
  public ErrorCode(String codespace, int code, String text) {
    this(codespace, code, Status.Code.UNKNOWN, text);
  }

  /** The bare error. */
  public RefusedException refuse() {
    return new RefusedException(this, text);
  }

  /** Wrapped as {@code errors.Wrap} does: {@code detail: text}. */
  public RefusedException because(String detail) {
    return new RefusedException(this, detail + ": " + text);
  }

  /** Wrapped as {@code fmt.Errorf("%w: …")} does: {@code text: detail}. */
  public RefusedException with(String detail) {
    return new RefusedException(this, text + ": " + detail);
  }
}
