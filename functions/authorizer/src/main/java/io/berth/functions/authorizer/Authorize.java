package io.berth.functions.authorizer;

import io.berth.domain.SideBySide;
import io.berth.domain.account.Authenticator;
import io.berth.domain.account.Identity;
import io.berth.domain.account.Users;
import io.berth.domain.limit.RateLimiter;
import io.berth.http.AuthorizerContext;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API's one authorizer (REQUEST type). A live key is let in, with whose it is in the context;
 * any other key is denied with one message. So is a person with a token of the identity provider,
 * who need not be registered yet: handlers tell. Whoever brings neither is answered 401.
 *
 * <p>A policy covers the whole stage, so that it may be cached for any route; scopes are the
 * handlers' to enforce.
 */
public final class Authorize extends JsonFunction<AuthorizerRequest, AuthorizerAnswer> {
  private final Logger log = LoggerFactory.getLogger(getClass());
  private final Authenticator authenticator;
  private final Optional<BearerTokens> tokens;
  private final Users users;
  private final RateLimiter limiter;

  /** Wired from the function's environment. */
  public Authorize() {
    this(Wiring.authenticator(), Wiring.tokens(), Wiring.users(), Wiring.limiter());
  }

  Authorize(
      Authenticator authenticator,
      Optional<BearerTokens> tokens,
      Users users,
      RateLimiter limiter) {
    super(AuthorizerRequest.class);
    this.authenticator = authenticator;
    this.tokens = tokens;
    this.users = users;
    this.limiter = limiter;
  }

  @Override
  protected void describe(AuthorizerRequest request, LogContext log) {
    log.with(LogField.REQUEST, request.requestId());
  }

  @Override
  protected boolean isAnswer(RuntimeException error) {
    return error instanceof UnauthorizedException;
  }

  @Override
  protected AuthorizerAnswer answer(AuthorizerRequest request) {
    return switch (Credentials.of(request.headers())) {
      case Credentials.None none -> throw new UnauthorizedException();
      // API Gateway cannot answer 400 from here: the handler does, before anything else.
      case Credentials.Both both ->
          AuthorizerAnswer.allow(request, "ambiguous", AuthorizerContext.ambiguous());
      case Credentials.Key(String text) -> ofKey(request, text);
      case Credentials.Token(String text) -> ofToken(request, text);
    };
  }

  private AuthorizerAnswer ofKey(AuthorizerRequest request, String text) {
    return authenticator
        .authenticate(text)
        .map(
            key -> {
              LogContext.add(LogField.USER, key.userId());
              LogContext.add(LogField.KEY, key.id());
              return AuthorizerAnswer.allow(
                  request,
                  key.userId(),
                  AuthorizerContext.of(key.userId(), key.id(), key.terms().access()),
                  limits(key.userId(), Optional.of(key.id())));
            })
        .orElseGet(
            () -> AuthorizerAnswer.deny(request, AuthorizerContext.denied("Invalid API key")));
  }

  private AuthorizerAnswer ofToken(AuthorizerRequest request, String text) {
    Identity identity =
        tokens.flatMap(known -> known.verify(text)).orElseThrow(UnauthorizedException::new);
    LogContext.add(LogField.USER, identity.subject());
    // Neither read depends on the other. This thread counts, since it has the log's context.
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Boolean> registered = reads.begin(() -> users.find(identity.subject()).isPresent());
      Map<String, Object> limits = limits(identity.subject(), Optional.empty());
      return AuthorizerAnswer.allow(
          request, identity.subject(), AuthorizerContext.of(identity, registered.get()), limits);
    }
  }

  /**
   * What the handler tells about limits. Limits keep Berth usable and guard nothing: if they cannot
   * be counted, the request passes without them.
   */
  private Map<String, Object> limits(String userId, Optional<String> keyId) {
    try {
      return AuthorizerContext.of(limiter.check(userId, keyId));
    } catch (RuntimeException e) {
      log.warn("requests cannot be counted: limits are not enforced", e);
      return Map.of();
    }
  }

  /** With the text that API Gateway turns into its 401 answer. */
  private static final class UnauthorizedException extends RuntimeException {
    UnauthorizedException() {
      super("Unauthorized");
    }
  }
}
