package io.berth.provider;

import java.security.cert.CertificateException;
import java.util.Optional;

/** The server is not the provider it should be. */
final class UntrustedProviderException extends CertificateException {
  private static final long serialVersionUID = 1L;

  UntrustedProviderException(String message) {
    super(message);
  }

  /** Why a connection failed, if it was for distrust. */
  static Optional<String> reasonIn(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UntrustedProviderException untrusted) {
        return Optional.of(untrusted.getMessage());
      }
    }
    return Optional.empty();
  }
}
