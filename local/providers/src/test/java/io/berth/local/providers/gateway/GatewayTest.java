package io.berth.local.providers.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.cluster.WorkloadStore;
import io.berth.local.providers.cluster.Workloads;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.ManifestDesk;
import io.berth.local.providers.manifest.SdlFixtures;
import io.berth.local.providers.token.TokenVerifier;
import io.berth.wallet.WalletKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private final Instant now = Instant.now();
  private static final WalletKey OWNER = key(7);
  private static final WalletKey PROVIDER = key(8);
  private static final String CASE = "parity-v2.0-simple";
  private static final BidId LEASE =
      new BidId(new OrderId(OWNER.address(), 7, 1, 1), PROVIDER.address(), 0);

  private final Map<String, List<String>> certificates = new HashMap<>();
  private final Patience patience = new Patience();
  private final Workloads workloads =
      new Workloads(3, new WorkloadStore(Optional.empty()), UnaryOperator.identity());
  private Persona persona = Persona.NORMAL;
  private List<BidId> leases = List.of(LEASE);
  private final ServerCertificate certificate = serverCertificate(PROVIDER);
  private final Gateway gateway = gateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void speaksTls13AndHttp11AndShowsTheProvidersCertificate() throws Exception {
    HttpResponse<String> response = get("/address", null);

    SSLSession session = response.sslSession().orElseThrow();
    assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(session.getPeerCertificates()).containsExactly(certificate.certificate());
    assertThat(response.body()).isEqualTo("{\"address\":\"%s\"}".formatted(PROVIDER.address()));
  }

  @Test
  void refusesOlderTls() throws Exception {
    HttpClient old =
        HttpClient.newBuilder()
            .sslContext(trusting(certificate, null))
            .sslParameters(new SSLParameters(null, new String[] {"TLSv1.2"}))
            .build();

    assertThatThrownBy(() -> old.send(request("/address", null).build(), BodyHandlers.ofString()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void openRoutesNeedNoTokenButRefuseABadOne() throws Exception {
    assertThat(get("/version", null).statusCode()).isEqualTo(200);
    assertThat(get("/status", null).body()).isEqualTo("{\"simulated\":true}");
    assertAnswer(get("/status", "nonsense"), 401, "{\"message\":\"JWT is invalid\"}");
  }

  @Test
  void anUnknownPathIsText404AndAWrongVerbAnEmpty405() throws Exception {
    assertAnswer(get("/nothing", null), 404, "404 page not found\n");
    assertAnswer(get("/validate", null), 404, "404 page not found\n");
    assertAnswer(get("/deployment/7/manifest", null), 405, "");
    assertAnswer(put("/status", null, new byte[0]), 405, "");
  }

  @ParameterizedTest
  @CsvSource({
    "Basic abc, 400, invalid authorization header",
    "Bearer, 400, invalid authorization header",
    "Bearer a b, 400, invalid authorization header",
    "bearer abc, 401, JWT is invalid",
    "Bearer abc, 401, JWT is invalid"
  })
  void tellsBadHeadersFromBadTokens(String header, int status, String message) throws Exception {
    HttpResponse<String> response =
        send(client(null), request("/status", null).header("Authorization", header));

    assertAnswer(response, status, "{\"message\":\"%s\"}".formatted(message));
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/lease/7/1/1/status", "/lease/7/1/1/manifest", "/lease/7/1/1/service/web/status"})
  void closedRoutesNeedAToken(String path) throws Exception {
    assertAnswer(get(path, null), 401, "{\"message\":\"unauthorized access\"}");
  }

  @Test
  void anExpiredTokenIsABadRequest() throws Exception {
    String token = token("{\"access\":\"full\"}", now.minusSeconds(60));

    assertAnswer(
        get("/lease/7/1/1/status", token), 400, "{\"message\":\"JWT has invalid claims\"}");
  }

  @Test
  void aTokenForAnotherActionOrProviderIsUnauthorized() throws Exception {
    String status = token("{\"access\":\"scoped\",\"scope\":[\"status\"]}");
    String elsewhere =
        token(
            "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"%s\",\"access\":\"full\"}]}"
                .formatted(OWNER.address()));

    assertAnswer(putManifest(status), 401, "{\"message\":\"unauthorized access\"}");
    assertAnswer(
        get("/lease/7/1/1/manifest", status), 401, "{\"message\":\"unauthorized access\"}");
    assertAnswer(get("/lease/7/1/1/status", status), 404, "");
    assertAnswer(
        get("/lease/7/1/1/status", elsewhere), 401, "{\"message\":\"unauthorized access\"}");
  }

  @Test
  void anAcceptedManifestIsDeployedWhileBlocksPass() throws Exception {
    String token = token("{\"access\":\"full\"}");
    String status = "/lease/7/1/1/status";
    String service = workloadService();

    assertAnswer(get("/lease/7/1/1/manifest", token), 404, "lease not found\n");
    assertAnswer(get(status, token), 404, "");
    assertAnswer(putManifest(token), 200, "");
    assertAnswer(get(status, token), 404, "");
    assertAnswer(
        get("/lease/7/1/1/service/" + service + "/status", token), 404, "kube: lease not found\n");
    workloads.onBlock(1);
    assertAnswer(get(status, token), 404, "kube: no deployments for lease\n");
    workloads.onBlock(2);
    assertThat(get(status, token).body()).contains("\"ready_replicas\":0");
    workloads.onBlock(3);
    HttpResponse<String> ready = get(status, token);

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=UTF-8");
    assertThat(ready.body())
        .contains("\"" + service + "\":{\"name\":\"" + service + "\"")
        .doesNotContain("\"ready_replicas\":0");
    assertThat(get("/lease/7/1/1/service/" + service + "/status", token).statusCode())
        .isEqualTo(200);
    assertAnswer(
        get("/lease/7/1/1/service/nobody/status", token), 404, "kube: no service for that lease\n");
    assertThat(get("/lease/7/1/1/manifest", token).body())
        .startsWith("[{\"name\":")
        .contains(service);
    assertAnswer(get("/lease/7/1/2/status", token), 404, "");
  }

  @Test
  void refusesAManifestInTheWordsOfItsVersion() throws Exception {
    String token = token("{\"access\":\"full\"}");
    byte[] other = SdlFixtures.manifest("legacy-v2-nodeport");

    HttpResponse<String> recent = put("/deployment/7/manifest", token, other);
    persona = Persona.OLD_VERSION;
    HttpResponse<String> before = put("/deployment/7/manifest", token, other);

    assertAnswer(recent, 422, "manifest version validation failed\n");
    assertThat(recent.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(recent.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertAnswer(before, 500, "manifest version validation failed\n");
  }

  @Test
  void refusesAManifestWithoutALeaseOrThatIsNotJson() throws Exception {
    String token = token("{\"access\":\"full\"}");
    leases = List.of();

    assertAnswer(putManifest(token), 404, "no lease for deployment\n");
    assertThat(put("/deployment/7/manifest", token, "{".getBytes(UTF_8)).statusCode())
        .isEqualTo(422);
    assertAnswer(put("/deployment/7/manifest", token, new byte[0]), 422, "EOF\n");
    assertThat(put("/deployment/x/manifest", token, new byte[0]).statusCode()).isEqualTo(400);
  }

  @Test
  void aCertificateOfTheChainGivesFullAccessButNotTogetherWithAToken() throws Exception {
    ServerCertificate mine = serverCertificate(OWNER);
    certificates.put(OWNER.address(), List.of(mine.pem()));
    HttpClient client = client(mine);

    assertAnswer(send(client, request("/lease/7/1/1/status", null)), 404, "");
    HttpResponse<String> both =
        send(client, request("/lease/7/1/1/status", token("{\"access\":\"full\"}")));
    assertThat(both.statusCode()).isEqualTo(400);
    assertThat(both.body()).startsWith("{\"message\":\"auth: ambiguous authentication");
  }

  @Test
  void aCertificateThatIsNotOnTheChainBreaksTheConnection() {
    certificates.put(OWNER.address(), List.of(serverCertificate(OWNER).pem()));

    assertThatThrownBy(() -> send(client(serverCertificate(OWNER)), request("/address", null)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void canChangeItsCertificateOnTheSamePort() throws Exception {
    int port = gateway.port();
    ServerCertificate other = serverCertificate(PROVIDER);

    gateway.start(other);

    assertThat(gateway.port()).isEqualTo(port);
    assertThatThrownBy(() -> get("/address", null)).isInstanceOf(SSLException.class);
    assertThat(send(client(other, null), request("/address", null)).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesConnectionsWhileItIsStopped() throws Exception {
    gateway.stop();
    assertThatThrownBy(() -> get("/address", null)).isInstanceOf(ConnectException.class);

    gateway.start(certificate);
    assertThat(get("/address", null).statusCode()).isEqualTo(200);
  }

  @Test
  void letsRequestsWaitWhileItIsSlow() throws Exception {
    patience.needed(Duration.ofMinutes(10));

    assertThatThrownBy(
            () -> send(client(null), request("/address", null).timeout(Duration.ofMillis(200))))
        .isInstanceOf(HttpTimeoutException.class);
    var waiting =
        client(null).sendAsync(request("/address", null).build(), BodyHandlers.ofString());
    patience.needed(Duration.ZERO);
    assertThat(waiting.get().statusCode()).isEqualTo(200);
  }

  @Test
  void tellsTheLogsOfEveryReplicaAndThenDropsTheConnection() throws Exception {
    deployAndBeReady();

    Heard heard = listen("/lease/7/1/1/logs?tail=2", token("{\"access\":\"full\"}"));

    assertThat(heard.closed()).isEqualTo("1006 ");
    assertThat(heard.texts())
        .isNotEmpty()
        .allMatch(text -> text.matches("\\{\"name\":\"[a-z0-9-]+\",\"message\":\".*\"}\n"));
    List<String> pods = heard.texts().stream().map(text -> text.split("\"", -1)[3]).toList();
    assertThat(pods).allMatch(pod -> pod.startsWith(workloadService() + "-"));
    assertThat(pods).allMatch(pod -> Collections.frequency(pods, pod) == 2);
  }

  @Test
  void goesOnWithTheLogsAsLongAsTheyAreFollowed() throws Exception {
    deployAndBeReady();
    Listener listener =
        connect("/lease/7/1/1/logs?follow=true&tail=1", token("{\"access\":\"full\"}"));

    // Both replicas have told their last line, so the gateway follows the blocks now.
    assertThat(listener.arrived.take()).doesNotContain("alive");
    assertThat(listener.arrived.take()).doesNotContain("alive");
    workloads.onBlock(13);
    assertThat(listener.arrived.take()).contains("alive for 10 blocks");
    workloads.remove(LEASE);
    workloads.onBlock(14);

    assertThat(listener.done.get().closed()).isEqualTo("1006 ");
  }

  @Test
  void tellsEventsAndClosesProperly() throws Exception {
    deployAndBeReady();

    Heard heard =
        listen("/lease/7/1/1/kubeevents", token("{\"access\":\"scoped\",\"scope\":[\"events\"]}"));

    assertThat(heard.closed()).isEqualTo("1000 ");
    assertThat(heard.texts().getFirst())
        .startsWith(
            "{\"type\":\"Normal\",\"reportingController\":\"kubelet\",\"reportingInstance\":\"node1\",\"reason\":\"Scheduled\"");
    assertThat(heard.texts()).anyMatch(text -> text.contains("\"reason\":\"Started\""));
  }

  @Test
  void closesStreamsWithTheCodesOfProviders() throws Exception {
    String token = token("{\"access\":\"full\"}");

    assertThat(listen("/lease/7/1/1/logs", token).closed()).isEqualTo("4001 ");
    assertThat(listen("/lease/7/1/1/kubeevents", token).closed()).isEqualTo("4001 ");
    putManifest(token);
    assertThat(listen("/lease/7/1/1/logs", token).closed()).isEqualTo("4001 ");
    workloads.onBlock(1);
    assertThat(listen("/lease/7/1/1/logs", token).closed()).isEqualTo("4000 no running pods");
    workloads.onBlock(2);
    assertThat(listen("/lease/7/1/1/logs", token).closed()).isEqualTo("4000 ");
    workloads.onBlock(3);
    assertThat(listen("/lease/7/1/1/logs?service=nobody", token).closed())
        .isEqualTo("4000 no running pods");
  }

  @ParameterizedTest
  @CsvSource({
    "/lease/7/1/1/logs?tail=-2, 400",
    "/lease/7/1/1/logs?tail=x, 400",
    "/lease/7/1/1/logs?follow=maybe, 400",
    "'/lease/7/1/1/logs?service=web,', 400",
    "/lease/7/1/1/kubeevents, 401"
  })
  void refusesAStreamBeforeTheUpgrade(String path, int status) throws Exception {
    String token = token("{\"access\":\"scoped\",\"scope\":[\"logs\"]}");

    assertThat(listen(path, token).closed())
        .startsWith("1002 Invalid status code received: " + status);
  }

  private void deployAndBeReady() throws Exception {
    assertAnswer(putManifest(token("{\"access\":\"full\"}")), 200, "");
    workloads.onBlock(3);
  }

  private record Heard(List<String> texts, String closed) {}

  private Heard listen(String path, String token) throws Exception {
    return connect(path, token).done.get();
  }

  private Listener connect(String path, String token) throws Exception {
    Listener listener = new Listener(URI.create("wss://localhost:" + gateway.port() + path), token);
    listener.setSocketFactory(trusting(certificate, null).getSocketFactory());
    listener.connect();
    return listener;
  }

  private static final class Listener extends WebSocketClient {
    final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    final CompletableFuture<Heard> done = new CompletableFuture<>();
    private final List<String> texts = new ArrayList<>();

    Listener(URI uri, String token) {
      super(uri, Map.of("Authorization", "Bearer " + token));
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String text) {
      texts.add(text);
      arrived.add(text);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      done.complete(new Heard(texts, code + " " + reason));
    }

    @Override
    public void onError(Exception problem) {} // the close that follows is told
  }

  @Test
  void theCertificateIsAsAkashWantsIt() throws Exception {
    X509Certificate x509 = certificate.certificate();

    assertThat(x509.getSubjectX500Principal()).isEqualTo(x509.getIssuerX500Principal());
    assertThat(x509.getSubjectX500Principal().getName())
        .startsWith("2.23.133.2.6=#130676302e302e31,CN=" + PROVIDER.address());
    assertThat(x509.getSerialNumber().toString())
        .isEqualTo("%d%09d".formatted(now.getEpochSecond(), now.getNano()));
    assertThat(x509.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(x509.getKeyUsage())
        .containsExactly(false, false, true, true, false, false, false, false, false);
    assertThat(x509.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1");
    assertThat(x509.getBasicConstraints()).isEqualTo(-1);
    assertThat(x509.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19", "2.5.29.30");
    assertThat(x509.getSubjectAlternativeNames())
        .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    x509.verify(x509.getPublicKey());
    assertThat(certificate.publicKeyPem()).startsWith("-----BEGIN EC PUBLIC KEY-----\n");
  }

  private Gateway gateway() {
    ManifestDesk desk =
        new ManifestDesk(
            _ ->
                new ManifestDesk.Deployed(
                    Bytes.of(SdlFixtures.version(CASE)), SdlFixtures.groups(CASE), leases),
            new ManifestDesk.Cluster() {
              @Override
              public void manifestCame(DeploymentId id) {}

              @Override
              public boolean isTaken(String host, String owner) {
                return false;
              }

              @Override
              public void deploy(BidId lease, Group group) {
                workloads.deploy(lease, group);
              }
            },
            InstantSource.fixed(now),
            () -> persona);
    Api api =
        new Api(
            new Api.Identity(PROVIDER.address(), "p.localhost", "ingress.p.localhost"),
            new TokenVerifier(
                address ->
                    Optional.of(OWNER.publicKey()).filter(_ -> address.equals(OWNER.address())),
                InstantSource.fixed(now)),
            desk,
            workloads,
            () -> Map.of("simulated", true),
            () -> persona);
    Gateway started =
        new Gateway(
            api,
            workloads,
            0,
            owner -> certificates.getOrDefault(owner, List.of()),
            InstantSource.fixed(now),
            patience);
    started.start(certificate);
    return started;
  }

  private static String workloadService() {
    return SdlFixtures.serviceName(CASE);
  }

  private ServerCertificate serverCertificate(WalletKey key) {
    return ServerCertificate.selfSigned(key.address(), List.of("localhost", "127.0.0.1"), now);
  }

  private HttpResponse<String> putManifest(String token) throws Exception {
    return put("/deployment/7/manifest", token, SdlFixtures.manifest(CASE));
  }

  private HttpResponse<String> put(String path, String token, byte[] body) throws Exception {
    return send(client(null), request(path, token).PUT(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return send(client(null), request(path, token));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpClient client(ServerCertificate own) throws Exception {
    return client(certificate, own);
  }

  private static HttpClient client(ServerCertificate server, ServerCertificate own)
      throws Exception {
    return HttpClient.newBuilder().sslContext(trusting(server, own)).build();
  }

  private static SSLContext trusting(ServerCertificate server, ServerCertificate own)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("provider", server.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    if (own != null) {
      keys.setKeyEntry(
          "own", own.privateKey(), new char[0], new X509Certificate[] {own.certificate()});
    }
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("NewSunX509");
    keyManagers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private String token(String leases) {
    return token(leases, now);
  }

  private String token(String leases, Instant at) {
    long from = at.getEpochSecond();
    String claims =
        "{\"iss\":\"%s\",\"version\":\"v1\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"leases\":%s}"
            .formatted(OWNER.address(), from, from, from + 30, leases);
    String input = base64("{\"alg\":\"ES256K\",\"typ\":\"JWT\"}") + "." + base64(claims);
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(OWNER.sign(input.getBytes(US_ASCII)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static WalletKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return WalletKey.of(bytes);
  }

  private static void assertAnswer(HttpResponse<String> response, int status, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
