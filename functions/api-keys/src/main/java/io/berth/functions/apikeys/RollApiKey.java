package io.berth.functions.apikeys;

import io.berth.domain.account.KeyIssuer;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.Principal;
import io.berth.http.SpendingHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code POST /v1/users/api-keys/{id}/roll}: {@code {data: {overlapSeconds?, expiresAt?}}}. A new
 * key takes the old one's place and is shown once; the old one works until the overlap ends, after
 * a day unless told otherwise.
 */
public final class RollApiKey extends SpendingHandler {
  private static final int DAY_SECONDS = Math.toIntExact(Duration.ofDays(1).toSeconds());
  private static final int MOST_SECONDS = Math.toIntExact(KeyIssuer.LONGEST_OVERLAP.toSeconds());

  private final KeyIssuer issuer;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public RollApiKey() {
    this(Wiring.issuer(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  RollApiKey(KeyIssuer issuer, SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(retries, trail, clock);
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId requestId) {
    Principal caller = request.principal();
    String id = KeyId.of(request);
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    int overlap =
        data.isPresent("overlapSeconds")
            ? data.intBetween("overlapSeconds", 0, MOST_SECONDS)
            : DAY_SECONDS;
    Optional<Instant> expiresAt = KeyFields.expiresAt(data, clock.instant());
    body.verify();
    return ApiResponse.created(
        ConsoleJson.issuedApiKey(
            issuer.roll(
                requestId,
                caller.userId(),
                caller.access(),
                id,
                Duration.ofSeconds(overlap),
                expiresAt)));
  }
}
