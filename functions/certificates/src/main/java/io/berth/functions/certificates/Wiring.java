package io.berth.functions.certificates;

import io.berth.domain.certificate.ClientCertificates;
import io.berth.domain.request.SafeRetries;
import io.berth.runtime.Services;

/** Puts the certificate functions together. */
final class Wiring {
  private Wiring() {}

  static ClientCertificates certificates() {
    return Services.clientCertificates();
  }

  static SafeRetries retries() {
    return Services.safeRetries();
  }
}
