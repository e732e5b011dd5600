package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Client certificates over the API, and what providers make of them. */
@ExtendWith(RunningBerth.class)
class CertificatesTest {

  @Test
  void aProviderKnowsItsTenantByTheCertificateUntilItIsRevoked(RunningBerth.Town town)
      throws Exception {
    User ann = town.user();
    Answer created = ann.api().post("/v1/certificates", Map.of());
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    assertThat(parse(created.data()).getSubjectX500Principal().getName())
        .contains("CN=" + ann.address());
    HttpClient tenant = client(created.data());
    HttpClient stranger = client(town.user().api().post("/v1/certificates", Map.of()).data());
    String dseq = deploy(ann);
    ProviderSimulator provider = leaseWithAProvider(town, ann, dseq);
    String status = provider.hostUri() + "/lease/" + dseq + "/1/1/status";

    assertThat(get(tenant, status).statusCode()).isEqualTo(200);
    // The same path means a lease of the stranger's own: there is none.
    assertThat(get(stranger, status).statusCode()).isEqualTo(404);
    assertThat(putManifest(tenant, provider, dseq, ann).statusCode()).isEqualTo(200);

    String certificate = "/v1/certificates/" + created.data().get("id").asString();
    assertThat(ann.api().delete(certificate).status()).isEqualTo(204);
    assertThat(ann.api().delete(certificate).status()).isEqualTo(204);
    HttpClient revoked = client(created.data());
    assertThatThrownBy(() -> get(revoked, status)).isInstanceOf(IOException.class);
    assertThat(ann.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }

  @Test
  void listsTheUsersOwnByPageAndState(RunningBerth.Town town) {
    User ann = town.user();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Answer created = ann.api().post("/v1/certificates", Map.of());
      made.addFirst(created.data().get("id").asString());
    }
    assertThat(ann.api().delete("/v1/certificates/" + made.get(1)).status()).isEqualTo(204);
    User ben = town.user();

    assertThat(ids(ann, "")).isEqualTo(made);
    assertThat(ids(ann, "?state=valid")).containsExactly(made.get(0), made.get(2));
    assertThat(ids(ann, "?state=revoked")).containsExactly(made.get(1));
    assertThat(ids(ann, "?skip=1&limit=1")).containsExactly(made.get(1));
    Answer page = ann.api().get("/v1/certificates?skip=1&limit=1");
    assertThat(page.data().get("pagination").toString())
        .isEqualTo("{\"total\":3,\"skip\":1,\"limit\":1,\"hasMore\":true}");
    assertThat(page.body().toString()).doesNotContain("PRIVATE").doesNotContain("encryptedKey");
    assertThat(ids(ben, "")).isEmpty();
    assertThat(ben.api().delete("/v1/certificates/" + made.get(0)).status()).isEqualTo(404);
    assertThat(ids(ann, "?state=valid")).containsExactly(made.get(0), made.get(2));
  }

  @Test
  void repeatedUnderOneKeyItPublishesOnceAndShowsThePrivateKeyOnce(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient keyed = ann.api().withHeader("Idempotency-Key", "laptop");
    Answer first = keyed.post("/v1/certificates", Map.of());
    Answer again = keyed.post("/v1/certificates", Map.of());

    assertThat(first.data().get("encryptedKey").asString())
        .startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
    assertThat(again.data().get("encryptedKey").isNull()).isTrue();
    assertThat(again.data().get("certPem")).isEqualTo(first.data().get("certPem"));
    assertThat(ids(ann, "")).hasSize(1);
    String rows =
        AwsClients.dynamoDb()
            .scan(scan -> scan.tableName(Settings.require("BERTH_REQUESTS_TABLE")))
            .items()
            .toString();
    assertThat(rows).contains(first.data().get("id").asString()).doesNotContain("PRIVATE KEY");
  }

  @Test
  void refusesWhatNamesNoCertificate(RunningBerth.Town town) {
    User ann = town.user();

    assertThat(ann.api().delete("/v1/certificates/1771000000000123456").status()).isEqualTo(404);
    for (String id : List.of("0", "-1", "0x1f", "1".repeat(50))) {
      Answer answer = ann.api().delete("/v1/certificates/" + id);
      assertThat(answer.status()).as(id).isEqualTo(400);
      assertThat(answer.data().get(0).get("path").toString()).isEqualTo("[\"id\"]");
    }
    Answer list = ann.api().get("/v1/certificates?state=expired&limit=0");
    assertThat(list.status()).isEqualTo(400);
    assertThat(list.data()).hasSize(2);
  }

  private static List<String> ids(User user, String query) {
    return StreamSupport.stream(
            user.api().get("/v1/certificates" + query).data().get("certificates").spliterator(),
            false)
        .map(certificate -> certificate.get("id").asString())
        .toList();
  }

  private static String deploy(User user) {
    return user.api()
        .post("/v1/deployments", Sdls.create(Sdls.small(), 1))
        .data()
        .get("dseq")
        .asString();
  }

  private static ProviderSimulator leaseWithAProvider(
      RunningBerth.Town town, User user, String dseq) {
    String provider =
        until(() -> user.api().get("/v1/bids/" + dseq), found -> !found.data().isEmpty())
            .data()
            .get(0)
            .at("/bid/id/provider")
            .asString();
    Map<String, Object> lease = Map.of("dseq", dseq, "gseq", 1, "oseq", 1, "provider", provider);
    assertThat(user.api().post("/v1/leases", Map.of("leases", List.of(lease))).status())
        .isEqualTo(200);
    Answer _ =
        until(
            () -> user.api().get("/v1/deployments/" + dseq),
            found -> found.data().at("/leases/0/status/services").size() > 0);
    return town.berth().providers().stream()
        .filter(each -> each.address().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  /** The manifest that Berth sent, once more, by the tenant itself. */
  private static HttpResponse<String> putManifest(
      HttpClient tenant, ProviderSimulator provider, String dseq, User user) throws Exception {
    String manifest =
        io.berth.runtime.Adapters.deployments()
            .find(user.id(), Long.parseLong(dseq))
            .orElseThrow()
            .manifest();
    return tenant.send(
        HttpRequest.newBuilder(URI.create(provider.hostUri() + "/deployment/" + dseq + "/manifest"))
            .PUT(HttpRequest.BodyPublishers.ofString(manifest))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Shows the certificate that the API answered; whom it talks to is not in question here. */
  private static HttpClient client(JsonNode answer) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    String pem = answer.get("encryptedKey").asString();
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    keys.setKeyEntry(
        "tenant",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
        new char[0],
        new X509Certificate[] {parse(answer)});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("NewSunX509");
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), new TrustManager[] {new TrustsAnyone()}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static X509Certificate parse(JsonNode answer) throws Exception {
    byte[] pem = answer.get("certPem").asString().getBytes(US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}
