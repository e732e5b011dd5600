package io.berth.functions.signer;

import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.provider.ProviderJwt;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.TokenAnswer;
import io.berth.runtime.SignerProtocol.TokenRequest;
import java.time.Duration;
import java.time.InstantSource;

/** Issues a token for one request to one provider, signed by the user's wallet (AEP-64). */
public final class IssueProviderToken extends JsonFunction<TokenRequest, TokenAnswer> {
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final TokenPress press;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public IssueProviderToken() {
    this(Wiring.tokenPress(), InstantSource.system());
  }

  IssueProviderToken(TokenPress press, InstantSource clock) {
    super(TokenRequest.class);
    this.press = press;
    this.clock = clock;
  }

  @Override
  protected void describe(TokenRequest request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected TokenAnswer answer(TokenRequest request) {
    return press.signed(
        request.userId(),
        issuer ->
            ProviderJwt.of(
                issuer,
                new io.berth.domain.provider.TokenRequest(
                    request.userId(), request.provider(), request.scopes()),
                clock.instant(),
                LIFETIME));
  }
}
