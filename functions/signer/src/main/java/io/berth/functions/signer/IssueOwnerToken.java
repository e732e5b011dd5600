package io.berth.functions.signer;

import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.OwnerTokens;
import io.berth.http.Json;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.provider.LeaseAccessJson;
import io.berth.provider.ProviderJwt;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.OwnerTokenRequest;
import io.berth.runtime.SignerProtocol.TokenAnswer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Issues a token that the user shows to providers himself (AEP-64). Apart from {@link
 * IssueProviderToken}, so that what talks to providers for Berth cannot ask for as much.
 */
public final class IssueOwnerToken extends JsonFunction<OwnerTokenRequest, TokenAnswer> {
  private final TokenPress press;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /** Wired from the function's environment. */
  public IssueOwnerToken() {
    this(Wiring.tokenPress(), InstantSource.system(), () -> UUID.randomUUID().toString());
  }

  IssueOwnerToken(TokenPress press, InstantSource clock, Supplier<String> ids) {
    super(OwnerTokenRequest.class);
    this.press = press;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  protected void describe(OwnerTokenRequest request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected TokenAnswer answer(OwnerTokenRequest request) {
    Duration life = Duration.ofSeconds(request.lifeSeconds());
    if (!life.isPositive() || life.compareTo(OwnerTokens.LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException("a life of " + request.lifeSeconds() + " s");
    }
    LeaseAccess access = LeaseAccessJson.read(Json.MAPPER.readTree(request.leases()));
    return press.signed(
        request.userId(),
        issuer -> ProviderJwt.of(issuer, access, clock.instant(), life, ids.get()));
  }
}
