package io.berth.functions.authorizer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.berth.domain.account.Identity;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens (JWT) of the identity provider (OpenID Connect). All of it must hold: the signature by the
 * key of the provider's set that {@code kid} names, with an {@code alg} of two; {@code iss}; {@code
 * aud}; {@code exp} and {@code nbf} to a few seconds; and a {@code sub} that can be a user's id.
 */
final class BearerTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  /** Tokens as identity providers type them: {@code JWT}, none, or RFC 9068's. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
  private static final Duration KEYS_KEPT = Duration.ofMinutes(15);
  private static final Duration KEYS_KEPT_IN_OUTAGE = Duration.ofHours(1);
  private static final Duration KEYS_WAIT = Duration.ofSeconds(3);

  /** An unknown {@code kid} has the keys read again, but not more often than this. */
  private static final Duration KEYS_INTERVAL = Duration.ofSeconds(30);

  private static final int MOST_KEY_BYTES = 64 * 1024;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * @param issuer what {@code iss} must be
   * @param audience what must be in {@code aud}, or in {@code client_id} of a token without {@code
   *     aud}, as Cognito writes its access tokens
   */
  BearerTokens(
      String issuer, String audience, JWKSource<SecurityContext> keys, InstantSource clock) {
    JWSKeySelector<SecurityContext> byKeyId = new JWSVerificationKeySelector<>(ALGORITHMS, keys);
    processor.setJWSTypeVerifier(TYPES);
    processor.setJWSKeySelector(
        (header, context) ->
            header.getKeyID() == null ? List.of() : byKeyId.selectJWSKeys(header, context));
    processor.setJWTClaimsSetVerifier(new Claims(issuer, audience, clock));
  }

  /**
   * The provider's key set, read when first needed and kept for a while; bounded in size, time and
   * frequency. While the provider is down, known keys go on for an hour.
   */
  static JWKSource<SecurityContext> keys(URL url) {
    int wait = Math.toIntExact(KEYS_WAIT.toMillis());
    return JWKSourceBuilder.<SecurityContext>create(
            url, new DefaultResourceRetriever(wait, wait, MOST_KEY_BYTES))
        .cache(KEYS_KEPT.toMillis(), KEYS_WAIT.multipliedBy(2).toMillis())
        // Functions are frozen between requests: nothing may run by itself.
        .refreshAheadCache(false)
        .rateLimited(KEYS_INTERVAL.toMillis())
        .outageTolerant(KEYS_KEPT_IN_OUTAGE.toMillis())
        .build();
  }

  /**
   * Whom the token speaks of; empty if it is not to be trusted, for whatever reason.
   *
   * @throws IllegalStateException if the provider's keys cannot be had, so that nobody can tell
   */
  Optional<Identity> verify(String token) {
    try {
      return Optional.of(identity(processor.process(token, null)));
    } catch (JWKSetUnavailableException e) {
      throw new IllegalStateException("the identity provider's keys cannot be had", e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static Identity identity(JWTClaimsSet claims) throws ParseException {
    return new Identity(
        claims.getSubject(),
        Optional.ofNullable(claims.getStringClaim("email")).filter(email -> !email.isBlank()),
        Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")));
  }

  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final String audience;
    private final InstantSource clock;

    private Claims(String issuer, String audience, InstantSource clock) {
      super(new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
      this.audience = audience;
      this.clock = clock;
      setMaxClockSkew(Math.toIntExact(CLOCK_SKEW.toSeconds()));
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
      super.verify(claims, context);
      boolean meant =
          claims.getAudience().isEmpty()
              ? audience.equals(claims.getClaim("client_id"))
              : claims.getAudience().contains(audience);
      if (!meant) {
        throw new BadJWTException("the token is for somebody else");
      }
      if (!Identity.isSubject(claims.getSubject())) {
        throw new BadJWTException("the subject cannot be a user's id");
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
