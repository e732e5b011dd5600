package io.berth.functions.certificates;

import io.berth.domain.certificate.ClientCertificates;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.Fields;

/**
 * {@code DELETE /v1/certificates/{id}}: revokes it on the chain; 204 also if it is revoked already.
 */
public final class RevokeCertificate extends ApiHandler {
  private final ClientCertificates certificates;

  /** Wired from the function's environment. */
  public RevokeCertificate() {
    this(Wiring.certificates(), Wiring.trail());
  }

  RevokeCertificate(ClientCertificates certificates, AuditTrail trail) {
    super(trail);
    this.certificates = certificates;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields parameters = Fields.ofParameters();
    String serial = parameters.serial("id", request.pathParameter("id"));
    parameters.verify();
    certificates.revoke(userId, serial);
    return ApiResponse.noContent();
  }
}
