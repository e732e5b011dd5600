package io.berth.functions.certificates;

import io.berth.domain.certificate.ClientCertificates;
import io.berth.domain.certificate.KeyedCertificate;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.ShownOnce;
import io.berth.http.SpendingHandler;
import java.time.InstantSource;
import java.util.Map;

/**
 * {@code POST /v1/certificates}: makes a client certificate and publishes it on the chain. The
 * private key ({@code encryptedKey}, as AEP-63 calls it; it is not encrypted) is in this answer
 * only: Berth keeps none, so a repetition of the answer has null in its place.
 */
public final class CreateCertificate extends SpendingHandler {
  private final ClientCertificates certificates;

  /** Wired from the function's environment. */
  public CreateCertificate() {
    this(Wiring.certificates(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  CreateCertificate(
      ClientCertificates certificates, SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(retries, trail, clock);
    this.certificates = certificates;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    try (KeyedCertificate issued = certificates.issue(id, request.principal().userId())) {
      Map<String, Object> json = ConsoleJson.certificate(issued.certificate());
      json.put("encryptedKey", ShownOnce.of(issued.privateKey().reveal()));
      return ApiResponse.created(json);
    }
  }
}
