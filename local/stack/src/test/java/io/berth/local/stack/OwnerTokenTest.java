package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that users show to providers themselves, judged by the simulated providers. */
@ExtendWith(RunningBerth.class)
class OwnerTokenTest {

  @Test
  void providersTakeATokenForWhatItAllows(RunningBerth.Town town) throws Exception {
    ProviderSimulator provider = town.berth().providers().get(0);
    Leased leased = Leased.with(town.user(), Sdls.small(), List.of(provider));
    Answer _ = until(() -> leased.get("/logs"), logs -> !logs.data().get("lines").isEmpty());
    String status = "/lease/" + leased.dseq() + "/1/1/status";

    assertThat(ask(provider, status, token(leased, Map.of("access", "full")))).isEqualTo(200);
    assertThat(ask(provider, status, token(leased, scoped("status")))).isEqualTo(200);
    assertThat(ask(provider, status, token(leased, scoped("logs")))).isEqualTo(401);
    assertThat(ask(provider, status, token(leased, granular(provider, leased.dseq()))))
        .isEqualTo(200);
    assertThat(ask(provider, status, token(leased, granular(provider, "1")))).isEqualTo(401);
    assertThat(
            ask(
                provider,
                status,
                token(leased, granular(town.berth().providers().get(1), leased.dseq()))))
        .isEqualTo(401);
    leased.close();
  }

  @Test
  void issuesNoneBeforeTheFirstTransaction(RunningBerth.Town town) {
    Answer early = create(town.user(), Map.of("ttl", 60, "leases", Map.of("access", "full")));

    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body().get("code").asString()).isEqualTo("no_transaction_yet");
  }

  @Test
  void saysWhatIsWrongWithARequest(RunningBerth.Town town) {
    User ann = town.user();

    Answer schema =
        create(
            ann,
            Map.of(
                "ttl",
                60,
                "leases",
                Map.of("access", "scoped", "scope", List.of("delete"), "more", 1)));
    assertThat(schema.status()).isEqualTo(400);
    assertThat(schema.body().get("message").asString())
        .isEqualTo(
            "Additional property \"more\" is not allowed at \"/leases\"..\n"
                + "\"0\" at \"/leases/scope\" should be one of: send-manifest, get-manifest, logs,"
                + " shell, events, status, restart, hostname-migrate, ip-migrate, attestation.");

    for (Object ttl : List.of(0, -1, 3601, "60", 1.5)) {
      assertThat(create(ann, Map.of("ttl", ttl, "leases", Map.of("access", "full"))).status())
          .as("ttl " + ttl)
          .isEqualTo(400);
    }
    assertThat(create(ann, Map.of("ttl", 60)).status()).isEqualTo(400);
  }

  private static Map<String, Object> scoped(String scope) {
    return Map.of("access", "scoped", "scope", List.of(scope));
  }

  private static Map<String, Object> granular(ProviderSimulator provider, String dseq) {
    return Map.of(
        "access",
        "granular",
        "permissions",
        List.of(
            Map.of(
                "provider",
                provider.address(),
                "access",
                "granular",
                "deployments",
                List.of(
                    Map.of(
                        "dseq",
                        Long.parseLong(dseq),
                        "scope",
                        List.of("status"),
                        "services",
                        List.of("web"))))));
  }

  private static String token(Leased leased, Map<String, Object> access) {
    Answer created = create(leased.user(), Map.of("ttl", 60, "leases", access));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    return created.data().get("token").asString();
  }

  private static Answer create(User user, Map<String, Object> data) {
    return user.api().post("/v1/create-jwt-token", Map.of("data", data));
  }

  private static int ask(ProviderSimulator provider, String path, String token)
      throws IOException, InterruptedException, GeneralSecurityException {
    SSLContext anyone = SSLContext.getInstance("TLSv1.3");
    anyone.init(null, new TrustManager[] {new TrustsAnyone()}, null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(anyone).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(provider.hostUri() + path))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
