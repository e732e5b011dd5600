package io.berth.functions.certificates;

import io.berth.domain.certificate.ClientCertificates;
import io.berth.domain.request.SafeRetries;
import io.berth.http.AuditTrail;
import io.berth.runtime.AuditTrails;
import io.berth.runtime.Services;

/** Puts the certificate functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return AuditTrails.trail();
  }

  static ClientCertificates certificates() {
    return Services.clientCertificates();
  }

  static SafeRetries retries() {
    return Services.safeRetries();
  }
}
