package io.berth.functions.apikeys;

import io.berth.domain.account.Access;
import io.berth.domain.account.KeyIssuer;
import io.berth.domain.account.KeyTerms;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.Principal;
import io.berth.http.SpendingHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code POST /v1/users/api-keys}: {@code {data: {name, expiresAt?, scopes?}}}; the key is shown
 * once. Without scopes it may do what the caller may.
 */
public final class CreateApiKey extends SpendingHandler {
  private final KeyIssuer issuer;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public CreateApiKey() {
    this(Wiring.issuer(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  CreateApiKey(KeyIssuer issuer, SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(retries, trail, clock);
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    Principal caller = request.principal();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String name = KeyFields.name(data);
    Optional<Instant> expiresAt = KeyFields.expiresAt(data, clock.instant());
    Access access = data.isPresent("scopes") ? KeyFields.access(data) : caller.access();
    body.verify();
    return ApiResponse.created(
        ConsoleJson.issuedApiKey(
            issuer.issue(
                id, caller.userId(), caller.access(), new KeyTerms(name, access, expiresAt))));
  }
}
