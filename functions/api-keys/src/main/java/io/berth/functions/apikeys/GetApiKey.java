package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;

/** {@code GET /v1/users/api-keys/{id}}: one key without its secret. */
public final class GetApiKey extends ApiHandler {
  private final ApiKeys keys;

  /** Wired from the function's environment. */
  public GetApiKey() {
    this(Wiring.keys());
  }

  GetApiKey(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    return keys.find(userId, KeyId.of(request))
        .map(ConsoleJson::apiKey)
        .map(ApiResponse::ok)
        .orElseThrow(KeyId::notFound);
  }
}
