package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;

/** {@code DELETE /v1/users/api-keys/{id}}: the key stops working; 204 also if there is none. */
public final class DeleteApiKey extends ApiHandler {
  private final ApiKeys keys;

  /** Wired from the function's environment. */
  public DeleteApiKey() {
    this(Wiring.keys(), Wiring.trail());
  }

  DeleteApiKey(ApiKeys keys, AuditTrail trail) {
    super(trail);
    this.keys = keys;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    keys.delete(request.principal().userId(), KeyId.of(request));
    return ApiResponse.noContent();
  }
}
