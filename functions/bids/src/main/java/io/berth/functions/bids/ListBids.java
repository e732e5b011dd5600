package io.berth.functions.bids;

import io.berth.domain.deployment.Leasing;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/** {@code GET /v1/bids/{dseq}} and {@code GET /v1/bids?dseq=}: all bids, in every state. */
public final class ListBids extends ApiHandler {
  private final Leasing leasing;

  /** Wired from the function's environment. */
  public ListBids() {
    this(Wiring.leasing());
  }

  ListBids(Leasing leasing) {
    this.leasing = leasing;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Optional<String> text =
        request.hasPathParameter("dseq")
            ? Optional.of(request.pathParameter("dseq"))
            : request.queryParameter("dseq");
    long dseq = Fields.onlyDseq(text);
    return ApiResponse.ok(leasing.bids(userId, dseq).stream().map(ConsoleJson::bid).toList());
  }
}
