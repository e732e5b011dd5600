package io.berth.provider;

import java.security.cert.CertificateException;

/** The server is not the provider it should be. */
final class UntrustedProviderException extends CertificateException {
  private static final long serialVersionUID = 1L;

  UntrustedProviderException(String message) {
    super(message);
  }
}
