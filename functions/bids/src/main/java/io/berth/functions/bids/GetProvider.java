package io.berth.functions.bids;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ProviderCatalog;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ProviderJson;

/** {@code GET /v1/providers/{address}}: a provider of the chain, for everyone. */
public final class GetProvider extends ApiHandler {
  private final ProviderCatalog providers;

  /** Wired from the function's environment. */
  public GetProvider() {
    this(Wiring.providers());
  }

  GetProvider(ProviderCatalog providers) {
    this.providers = providers;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return providers
        .find(request.pathParameter("address"))
        .map(ProviderJson::detailed)
        .map(ProviderJson::answer)
        .orElseThrow(() -> new Refusal(new Problem.NotFound("Provider not found.")));
  }
}
