package io.berth.functions.certificates;

import io.berth.domain.akash.Certificate;
import io.berth.domain.certificate.ClientCertificates;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /v1/certificates?state&skip&limit}: the user's certificates, newest first. */
public final class ListCertificates extends ApiHandler {
  private static final Map<String, Certificate.State> STATES =
      Map.of("valid", Certificate.State.VALID, "revoked", Certificate.State.REVOKED);

  private final ClientCertificates certificates;

  /** Wired from the function's environment. */
  public ListCertificates() {
    this(Wiring.certificates());
  }

  ListCertificates(ClientCertificates certificates) {
    this.certificates = certificates;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields query = Fields.ofParameters();
    int skip = query.queryInt("skip", request.queryParameter("skip"), 0).orElse(0);
    Optional<Integer> limit = query.queryInt("limit", request.queryParameter("limit"), 1);
    Optional<Certificate.State> state =
        query.queryChoice("state", request.queryParameter("state"), STATES);
    query.verify();
    List<Certificate> all = certificates.list(userId, state);
    return ApiResponse.ok(
        ConsoleJson.page("certificates", all, skip, limit, ConsoleJson::certificate));
  }
}
