package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;

/** {@code GET /v1/users/api-keys}: the user's keys, newest first, without their secrets. */
public final class ListApiKeys extends ApiHandler {
  private final ApiKeys keys;

  /** Wired from the function's environment. */
  public ListApiKeys() {
    this(Wiring.keys());
  }

  ListApiKeys(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    return ApiResponse.ok(keys.list(userId).stream().map(ConsoleJson::apiKey).toList());
  }
}
