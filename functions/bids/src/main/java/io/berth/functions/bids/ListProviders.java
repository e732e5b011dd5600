package io.berth.functions.bids;

import io.berth.domain.provider.ProviderCatalog;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import io.berth.http.ProviderJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v1/providers?addresses=}: providers of the chain as a bare array, for everyone.
 * Console's {@code scope} is passed over: there are no trials, so all are in every scope.
 */
public final class ListProviders extends ApiHandler {
  private static final int MOST_ADDRESSES = 20;

  private final ProviderCatalog providers;

  /** Wired from the function's environment. */
  public ListProviders() {
    this(Wiring.providers());
  }

  ListProviders(ProviderCatalog providers) {
    this.providers = providers;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    Fields query = Fields.ofParameters();
    query.queryOneOf("scope", request.queryParameter("scope"), List.of("all", "trial"));
    Optional<Set<String>> addresses =
        request.queryParameter("addresses").map(text -> Set.of(distinct(text)));
    if (addresses.filter(all -> all.size() > MOST_ADDRESSES).isPresent()) {
      query.rejectQuery("addresses", "Maximum " + MOST_ADDRESSES + " addresses");
    }
    query.verify();
    return ProviderJson.answer(
        addresses
            .map(wanted -> wanted.stream().sorted().flatMap(each -> providers.find(each).stream()))
            .orElseGet(() -> providers.all().stream())
            .map(ProviderJson::listed)
            .toList());
  }

  private static String[] distinct(String text) {
    return java.util.Arrays.stream(text.split(",")).distinct().toArray(String[]::new);
  }
}
