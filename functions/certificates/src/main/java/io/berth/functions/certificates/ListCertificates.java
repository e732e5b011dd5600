package io.berth.functions.certificates;

import io.berth.domain.akash.Certificate;
import io.berth.domain.certificate.ClientCertificates;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /v1/certificates?state&skip&limit}: the user's certificates, newest first. */
public final class ListCertificates extends ApiHandler {
  private static final List<String> STATES = List.of("valid", "revoked");

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
    Optional<Certificate.State> wanted =
        query
            .queryOneOf("state", request.queryParameter("state"), STATES)
            .map(state -> Certificate.State.valueOf(state.toUpperCase(Locale.ROOT)));
    query.verify();
    List<Certificate> all = certificates.list(userId, wanted);
    return ApiResponse.ok(
        ConsoleJson.page("certificates", all, skip, limit, ConsoleJson::certificate));
  }
}
