package io.berth.functions.apikeys;

import io.berth.domain.account.ApiKeys;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.time.InstantSource;

/** {@code PATCH /v1/users/api-keys/{id}}: {@code {data: {name}}}. */
public final class RenameApiKey extends ApiHandler {
  private final ApiKeys keys;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public RenameApiKey() {
    this(Wiring.keys(), InstantSource.system());
  }

  RenameApiKey(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    String id = KeyId.of(request);
    Fields body = Fields.of(request.body());
    String name = body.object("data").string("name", 1, CreateApiKey.MAX_NAME);
    body.verify();
    return keys.rename(userId, id, name, clock.instant())
        .map(ConsoleJson::apiKey)
        .map(ApiResponse::ok)
        .orElseThrow(KeyId::notFound);
  }
}
