package io.berth.functions.apikeys;

import io.berth.domain.account.KeyIssuer;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** {@code POST /v1/users/api-keys}: {@code {data: {name, expiresAt?}}}; the key is shown once. */
public final class CreateApiKey extends ApiHandler {
  static final int MAX_NAME = 40;
  private final KeyIssuer issuer;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public CreateApiKey() {
    this(Wiring.issuer(), InstantSource.system());
  }

  CreateApiKey(KeyIssuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String name = data.string("name", 1, MAX_NAME);
    Optional<Instant> expiresAt = data.optionalFuture("expiresAt", clock.instant());
    body.verify();
    KeyIssuer.Issued issued = issuer.issue(userId, name, expiresAt);
    Map<String, Object> json = ConsoleJson.apiKey(issued.key());
    json.put("apiKey", issued.text().reveal());
    return ApiResponse.created(json);
  }
}
