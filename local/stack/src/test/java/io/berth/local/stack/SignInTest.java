package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People with tokens of the identity provider instead of API keys. */
@ExtendWith(RunningBerth.class)
class SignInTest {
  private static final String REGISTER = "/v1/register-user";

  private final String subject = UUID.randomUUID().toString();

  private static ApiClient with(RunningBerth.Town town, String token) {
    return town.person(token);
  }

  @Test
  void aPersonRegistersOnceAndThenDeploysAndMakesKeys(RunningBerth.Town town) {
    ApiClient ann = with(town, town.identityProvider().token(subject));
    assertUnauthorized(ann.get("/v1/deployments"), "Unauthorized");

    Answer first = ann.post(REGISTER, Map.of("wantedUsername", "Ann of the Hill!"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().get("isNewUser").asBoolean()).isTrue();
    assertThat(first.data().get("id").asString()).isEqualTo(subject);
    assertThat(first.data().get("userId").asString()).isEqualTo(subject);
    assertThat(first.data().get("username").asString()).isEqualTo("AnnoftheHill");
    assertThat(first.data().get("email").asString()).isEqualTo(subject + "@example.com");
    assertThat(first.data().get("emailVerified").asBoolean()).isTrue();

    Answer again = ann.post(REGISTER, Map.of("wantedUsername", "Eve"));
    assertThat(again.body().get("isNewUser").asBoolean()).isFalse();
    assertThat(again.data()).isEqualTo(first.data());

    // The wallet comes by itself.
    Answer deployed =
        until(
            () -> ann.post("/v1/deployments", Sdls.create(Sdls.small(), 1)),
            answer -> answer.status() != 404 && answer.status() != 409);
    assertThat(deployed.status()).as(deployed.body().toString()).isEqualTo(201);
    String dseq = deployed.data().get("dseq").asString();

    // A key of hers is as good as herself.
    String key =
        ann.post("/v1/users/api-keys", Map.of("data", Map.of("name", "ci")))
            .data()
            .get("apiKey")
            .asString();
    ApiClient ci = town.stranger(Optional.of(key));
    assertThat(ci.get("/v1/deployments/" + dseq).status()).isEqualTo(200);
    assertThat(ci.delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void whoseAddressIsNotVerifiedIsRegisteredWithoutCredit(RunningBerth.Town town) {
    String token =
        town.identityProvider().token(subject, claims -> claims.claim("email_verified", false));
    ApiClient ann = with(town, token);

    Answer registered =
        ann.post(REGISTER, Map.of("emailVerified", true, "email", "someone@example.com"));

    assertThat(registered.data().get("email").asString()).isEqualTo(subject + "@example.com");
    assertThat(registered.data().get("emailVerified").asBoolean()).isFalse();
    assertThat(ann.post("/v1/deployments", Sdls.create(Sdls.small(), 1)).status()).isEqualTo(404);
  }

  @Test
  void tokensThatAreNotToBeTrustedAreNobodys(RunningBerth.Town town) {
    IdentityProvider provider = town.identityProvider();
    with(town, provider.token(subject)).post(REGISTER, Map.of());
    try (IdentityProvider other = new IdentityProvider()) {
      for (String token :
          new String[] {
            "nonsense",
            other.token(subject),
            provider.token(subject, claims -> claims.audience("another")),
            provider.token(subject, claims -> claims.issuer("https://elsewhere.example")),
            provider.token(
                subject, claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))))
          }) {
        assertUnauthorized(with(town, token).get("/v1/deployments"), "Unauthorized");
        assertUnauthorized(with(town, token).post(REGISTER, Map.of()), "Unauthorized");
      }
    }
    assertThat(with(town, provider.token(subject)).get("/v1/users/api-keys").status())
        .isEqualTo(200);
  }

  @Test
  void aKeyRegistersNobody(RunningBerth.Town town) {
    User ann = town.user();

    assertUnauthorized(ann.api().post(REGISTER, Map.of()), "Invalid or expired token");
    assertUnauthorized(town.stranger(Optional.empty()).post(REGISTER, Map.of()), "Unauthorized");
    Answer both =
        ann.api()
            .withHeader("authorization", "Bearer " + town.identityProvider().token(subject))
            .post(REGISTER, Map.of());
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.body().get("message").asString())
        .isEqualTo("Authorization and X-Api-Key headers are mutually exclusive");
  }

  @Test
  void brokenFieldsAreNamedAndRegisterNobody(RunningBerth.Town town) {
    ApiClient ann = with(town, town.identityProvider().token(subject));

    Answer answer = ann.post(REGISTER, Map.of("wantedUsername", 7, "emailVerified", "yes"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.data().valueStream().map(issue -> issue.get("path").get(0).asString()))
        .containsExactlyInAnyOrder("wantedUsername", "emailVerified");
    assertUnauthorized(ann.get("/v1/users/api-keys"), "Unauthorized");
  }

  private static void assertUnauthorized(Answer answer, String message) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().get("error").asString()).isEqualTo("UnauthorizedError");
    assertThat(answer.body().get("message").asString()).isEqualTo(message);
    assertThat(answer.body().get("code").asString()).isEqualTo("unauthorized");
  }
}
