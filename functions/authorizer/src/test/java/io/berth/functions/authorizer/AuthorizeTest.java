package io.berth.functions.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.berth.domain.account.User;
import io.berth.domain.account.Users;
import io.berth.domain.limit.RateLimiter;
import io.berth.domain.limit.RequestCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AuthorizeTest {

  @Test
  void findsCredentialsWhateverTheCaseOfTheirHeaders() {
    assertThat(Credentials.of(Map.of("X-API-Key", List.of("k"))))
        .isEqualTo(new Credentials.Key("k"));
    assertThat(Credentials.of(Map.of("AUTHORIZATION", List.of("bearer  t"))))
        .isEqualTo(new Credentials.Token("t"));
    assertThat(Credentials.of(Map.of("accept", List.of("x")))).isEqualTo(new Credentials.None());
  }

  @Test
  void takesNoOtherAuthorizationThanBearer() {
    for (String value : new String[] {"", "Bearer", "Bearer ", "Basic eA==", "t"}) {
      assertThat(Credentials.of(Map.of("Authorization", List.of(value))))
          .as(value)
          .isEqualTo(new Credentials.None());
    }
  }

  @Test
  void doesNotChooseBetweenTwo() {
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k"), "authorization", List.of("Basic"))))
        .isEqualTo(new Credentials.Both());
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k"), "X-Api-Key", List.of("k"))))
        .isEqualTo(new Credentials.Key("k, k"));
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k1", "k2"))))
        .isEqualTo(new Credentials.Key("k1, k2"));
  }

  @Test
  void printsNoCredentials() {
    assertThat(new Credentials.Key("secret").toString()).doesNotContain("secret");
    assertThat(new Credentials.Token("secret").toString()).doesNotContain("secret");
  }

  @Test
  void isForTheWholeStage() {
    AuthorizerRequest request =
        new AuthorizerRequest("arn:aws:execute-api:r:1:api/live/GET/v1/bids/1", null, null);

    assertThat(request.headers()).isEmpty();
    assertThat(request.wholeStage()).isEqualTo("arn:aws:execute-api:r:1:api/live/*");
  }

  @Test
  void answersNobodyWithTheTextThatTheGatewayKnows() {
    Authorize authorize = new Authorize(null, Optional.empty(), null, null);
    for (Map<String, List<String>> headers :
        List.of(Map.<String, List<String>>of(), Map.of("authorization", List.of("Bearer a.b.c")))) {
      assertThatThrownBy(
              () -> authorize.answer(new AuthorizerRequest("arn:x/live/GET/v1", headers, null)))
          .hasMessage("Unauthorized");
    }
  }

  @Test
  void letsPeoplePassWithoutLimitsWhileNobodyCanCount() throws JOSEException {
    AuthorizerAnswer answer =
        answerToPerson(
            new NoUsers(),
            (userId, caller, window, forgotten) -> {
              throw new IllegalStateException("the table is gone");
            });

    assertThat(answer.policyDocument().statement().getFirst().effect()).isEqualTo("Allow");
    assertThat(answer.context()).containsEntry("subject", "ann").doesNotContainKey("rateLimit");
  }

  /** Each waits for the other: one after the other would be two round trips. */
  @Test
  void countsAPersonsRequestWhileItReadsTheUser() throws JOSEException {
    CyclicBarrier both = new CyclicBarrier(2);
    Users users =
        new NoUsers() {
          @Override
          public Optional<User> find(String id) {
            meet(both);
            return super.find(id);
          }
        };

    AuthorizerAnswer answer =
        answerToPerson(
            users,
            (userId, caller, window, forgotten) -> {
              meet(both);
              return new RequestCounts.Counts(1, 1);
            });

    assertThat(answer.context()).containsKey("rateLimit").containsEntry("subject", "ann");
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other has not begun", e);
    }
  }

  private static AuthorizerAnswer answerToPerson(Users users, RequestCounts counts)
      throws JOSEException {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    Instant now = Instant.parse("2026-11-25T12:00:00Z");
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
            new JWTClaimsSet.Builder()
                .issuer("i")
                .audience("a")
                .subject("ann")
                .expirationTime(Date.from(now.plusSeconds(60)))
                .build());
    token.sign(new RSASSASigner(key));
    Authorize authorize =
        new Authorize(
            null,
            Optional.of(
                new BearerTokens("i", "a", new ImmutableJWKSet<>(new JWKSet(key)), () -> now)),
            users,
            new RateLimiter(
                counts, new RateLimiter.Limits(1, 1, Duration.ofSeconds(10)), () -> now));
    return authorize.answer(
        new AuthorizerRequest(
            "arn:x/live/GET/v1",
            Map.of("authorization", List.of("Bearer " + token.serialize())),
            null));
  }

  private static class NoUsers implements Users {
    @Override
    public boolean create(User user) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<User> find(String id) {
      return Optional.empty();
    }
  }
}
