package io.berth.local.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.Devnet;
import io.berth.local.devnet.DevnetConfig;
import io.berth.local.devnet.Genesis;
import io.berth.local.providers.bidding.Capacity;
import io.berth.local.providers.chain.Node;
import io.berth.local.providers.manifest.SdlFixtures;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.berth.wallet.WalletKey;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider and an Akash node, with every block made by hand. */
class ProviderOnDevnetTest extends TenantOnDevnet {
  @Test
  void registersItselfWithItsRecordAndItsCertificate() throws Exception {
    start(UnaryOperator.identity());

    blocks(2);

    Provider record = node.provider(PROVIDER.address()).orElseThrow();
    assertThat(record.getHostUri()).isEqualTo(provider.hostUri());
    assertThat(record.getAttributesList())
        .contains(Attribute.newBuilder().setKey("region").setValue("local").build());
    List<String> certificates = node.certificates(PROVIDER.address());
    assertThat(certificates).hasSize(1);
    assertThat(get("/address", null).sslSession().orElseThrow().getPeerCertificates())
        .containsExactly(certificate());
  }

  @Test
  void takesADeploymentFromOrderToReadyAndToItsEnd() throws Exception {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(groups());

    block();
    assertThat(node.bid(BID)).as("still thinking").isEmpty();
    blocks(2);
    Bid bid = node.bid(BID).orElseThrow();
    assertThat(bid.getState()).isEqualTo(Bid.State.open);
    assertThat(bid.getPrice().getDenom()).isEqualTo("uact");
    assertThat(price(bid)).isPositive().isLessThanOrEqualTo(new BigDecimal("24.691357802469134"));

    lease();
    assertAnswer(status(), 404, "");
    assertAnswer(putManifest(CASE, TENANT), 200, "");
    assertAnswer(status(), 404, "kube: no deployments for lease\n");
    block();
    assertThat(status().body()).contains("\"ready_replicas\":0");
    block();
    assertThat(status().body())
        .contains("\"name\":\"web\"", "\"ready_replicas\":2")
        .contains(".ingress.alpha.localhost\"", "\"web.example.com\"");

    tenantSends(
        MsgCloseDeployment.newBuilder()
            .setId(DeploymentID.newBuilder().setOwner(TENANT.address()).setDseq(DSEQ))
            .build());
    assertThat(node.lease(BID).orElseThrow().getState()).isEqualTo(Lease.State.closed);
    block();
    assertAnswer(status(), 404, "");
  }

  @Test
  void refusesAnotherManifestAnotherOwnerAndAnotherSignature() throws Exception {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(groups());
    blocks(3);
    lease();

    assertAnswer(
        putManifest("legacy-v2-nodeport", TENANT), 422, "manifest version validation failed\n");
    assertThat(putManifest(CASE, STRANGER).statusCode())
        .as("the stranger has signed nothing, so the chain has no key of his")
        .isEqualTo(401);
    send(
        STRANGER,
        MsgCreateDeployment.newBuilder()
            .setId(DeploymentID.newBuilder().setOwner(STRANGER.address()).setDseq(1))
            .addAllGroups(groups())
            .setHash(ByteString.copyFrom(SdlFixtures.version(CASE)))
            .setDeposit(deposit())
            .build());
    HttpResponse<String> stranger = putManifest(CASE, STRANGER);
    assertThat(stranger.statusCode()).isEqualTo(500);
    assertThat(stranger.body()).containsIgnoringCase("not found");
    String forged = token(TENANT.address(), STRANGER, "{\"access\":\"full\"}");
    assertAnswer(
        send(request("/lease/42/1/1/status", forged)), 401, "{\"message\":\"JWT is invalid\"}");
    assertAnswer(putManifest(CASE, TENANT), 200, "");
  }

  @Test
  void takesAnUpdatedManifestOnceItsHashIsOnTheChain() throws Exception {
    String other = "legacy-v2-nodeport";
    start(UnaryOperator.identity());
    blocks(2);
    deploy(SdlFixtures.groups(other), SdlFixtures.version(CASE));
    blocks(3);
    lease();
    assertThat(putManifest(other, TENANT).statusCode()).isEqualTo(422);

    tenantSends(
        MsgUpdateDeployment.newBuilder()
            .setId(DeploymentID.newBuilder().setOwner(TENANT.address()).setDseq(DSEQ))
            .setHash(ByteString.copyFrom(SdlFixtures.version(other)))
            .build());

    assertAnswer(putManifest(other, TENANT), 200, "");
  }

  @Test
  void closesABidThatNobodyTakesAndDoesNotBidAgain() {
    start(config -> config.withTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    blocks(2);
    deploy(groups());
    blocks(3);
    assertThat(node.bid(BID).orElseThrow().getState()).isEqualTo(Bid.State.open);

    clock.updateAndGet(now -> now.plusSeconds(30));
    blocks(2);

    assertThat(node.bid(BID).orElseThrow().getState()).isEqualTo(Bid.State.closed);
    blocks(3);
    assertThat(node.openBids(PROVIDER.address())).isEmpty();
  }

  @Test
  void closesALeaseThatNoManifestComesFor() {
    start(config -> config.withTimeouts(Duration.ofMinutes(5), Duration.ofSeconds(60)));
    blocks(2);
    deploy(groups());
    blocks(3);
    lease();

    clock.updateAndGet(now -> now.plusSeconds(58));
    block();
    assertThat(node.lease(BID).orElseThrow().getState()).isEqualTo(Lease.State.active);
    blocks(3);

    Lease lease = node.lease(BID).orElseThrow();
    assertThat(lease.getState()).isEqualTo(Lease.State.closed);
    assertThat(lease.getReason()).isEqualTo(LeaseClosedReason.lease_closed_reason_manifest_timeout);
  }

  @Test
  void keepsALeaseWhoseManifestCameEvenIfItWasBad() throws Exception {
    start(config -> config.withTimeouts(Duration.ofMinutes(5), Duration.ofSeconds(60)));
    blocks(2);
    deploy(groups());
    blocks(3);
    lease();
    assertThat(putManifest("legacy-v2-nodeport", TENANT).statusCode()).isEqualTo(422);

    clock.updateAndGet(now -> now.plusSeconds(120));
    blocks(3);

    assertThat(node.lease(BID).orElseThrow().getState()).isEqualTo(Lease.State.active);
  }

  @Test
  void doesNotBidWithoutTheAttributesTheCapacityOrThePrice() {
    start(config -> config.withCapacity(Capacity.of(1, 1, 1, 0)));
    blocks(2);
    GroupSpec group = groups().getFirst();
    GroupSpec.Builder elsewhere = group.toBuilder();
    elsewhere
        .getRequirementsBuilder()
        .addAttributes(Attribute.newBuilder().setKey("region").setValue("moon"));
    GroupSpec.Builder cheap = group.toBuilder();
    cheap.getResourcesBuilder(0).getPriceBuilder().setAmount("1000000000000000");
    GroupSpec.Builder big = group.toBuilder();
    big.getResourcesBuilder(0).setCount(5);

    deploy(1, List.of(elsewhere.build()));
    deploy(2, List.of(cheap.build()));
    deploy(3, List.of(big.build()));
    blocks(4);

    assertThat(node.openOrders()).hasSize(3);
    assertThat(node.openBids(PROVIDER.address())).isEmpty();
  }

  @Test
  void lendsNothingTwice() {
    start(config -> config.withCapacity(Capacity.of(1, 1, 2, 0)));
    blocks(2);

    deploy(1, groups());
    deploy(2, groups());
    blocks(4);

    assertThat(node.openBids(PROVIDER.address())).hasSize(1);
  }

  @Test
  void bidsOnlyWhileItsPersonaDoes() {
    start(config -> config.withPersona(Persona.NEVER_BIDS));
    blocks(2);
    deploy(groups());
    blocks(4);
    assertThat(node.openBids(PROVIDER.address())).isEmpty();

    provider.persona(Persona.NORMAL);
    blocks(2);

    assertThat(node.openBids(PROVIDER.address())).hasSize(1);
  }

  @Test
  void changesItsGatewayWithItsPersona() throws Exception {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(groups());
    blocks(3);
    lease();

    provider.persona(Persona.MANIFEST_REFUSING);
    assertAnswer(
        putManifest(CASE, TENANT),
        422,
        "manifest rejected: service \"web\" exposed on 80:TCP must have a hostname\n");
    provider.persona(Persona.OLD_VERSION);
    assertAnswer(
        putManifest("legacy-v2-nodeport", TENANT), 500, "manifest version validation failed\n");
    provider.persona(Persona.DOWN);
    assertThatThrownBy(() -> putManifest(CASE, TENANT)).isInstanceOf(ConnectException.class);
    provider.persona(Persona.WRONG_CERTIFICATE);
    assertThatThrownBy(() -> putManifest(CASE, TENANT)).isInstanceOf(SSLException.class);
    provider.persona(Persona.NORMAL);
    assertAnswer(putManifest(CASE, TENANT), 200, "");
  }

  @Test
  void goesOnAfterARestart(@TempDir Path data) throws Exception {
    start(config -> config.withData(data));
    blocks(2);
    deploy(groups());
    blocks(3);
    lease();
    assertAnswer(putManifest(CASE, TENANT), 200, "");
    provider.close();
    providers.clear();

    start(config -> config.withData(data));
    blocks(3);

    assertThat(node.certificates(PROVIDER.address())).hasSize(1);
    assertThat(node.provider(PROVIDER.address()).orElseThrow().getHostUri())
        .as("it listens on another port now")
        .isEqualTo(provider.hostUri());
    assertThat(status().body()).contains("\"ready_replicas\":2");
  }

  @Test
  void outlivesANodeThatDoesNotAnswer() {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(groups());
    devnet.faults().down(true);
    assertThatThrownBy(provider::tick).isInstanceOf(StatusRuntimeException.class);
    devnet.faults().clear();

    blocks(3);

    assertThat(node.bid(BID)).isPresent();
  }

  @Test
  void bidsOnceThoughTheNodesAnswerWasLost() {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(groups());
    devnet.faults().dropAnswersAfterAccept(1);
    assertThatThrownBy(this::block).isInstanceOf(StatusRuntimeException.class);

    blocks(3);

    assertThat(node.openBids(PROVIDER.address())).hasSize(1);
  }

  @Test
  @Timeout(60)
  void followsTheChainByItself() {
    try (Devnet own =
            Devnet.start(
                DevnetConfig.defaults()
                    .withBlockTime(Duration.ofMillis(50))
                    .withGenesis(
                        Genesis.builder()
                            .account(PROVIDER.address(), 1_000_000_000, 1_000_000_000)
                            .build()));
        Node itsNode = new Node("localhost:" + own.port());
        ProviderSimulator alone =
            ProviderSimulator.start(
                ProviderConfig.of("alone", PROVIDER, "localhost:" + own.port())
                    .withPollInterval(Duration.ofMillis(10)))) {
      while (itsNode.certificates(alone.address()).isEmpty()) {
        Thread.onSpinWait(); // the question itself takes its time; the test has a limit
      }
      assertThat(itsNode.provider(alone.address())).isPresent();
    }
  }

  private static BigDecimal price(Bid bid) {
    return new BigDecimal(new BigInteger(bid.getPrice().getAmount()), 18);
  }

  private HttpResponse<String> status() throws Exception {
    return get(
        "/lease/42/1/1/status",
        token(TENANT.address(), TENANT, "{\"access\":\"scoped\",\"scope\":[\"status\"]}"));
  }

  private HttpResponse<String> putManifest(String name, WalletKey owner) throws Exception {
    String leases =
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"%s\",\"access\":\"scoped\",\"scope\":[\"send-manifest\"]}]}"
            .formatted(PROVIDER.address());
    return send(
        request("/deployment/42/manifest", token(owner.address(), owner, leases))
            .PUT(BodyPublishers.ofByteArray(SdlFixtures.manifest(name))));
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return send(request(path, token));
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.hostUri() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trustingTheChain()).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private SSLContext trustingTheChain() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("provider", certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private Certificate certificate() throws Exception {
    String pem = node.certificates(PROVIDER.address()).getFirst();
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private String token(String issuer, WalletKey signer, String leases) {
    long now = clock.get().getEpochSecond();
    String claims =
        "{\"iss\":\"%s\",\"version\":\"v1\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"leases\":%s}"
            .formatted(issuer, now, now, now + 30, leases);
    String input = base64("{\"alg\":\"ES256K\",\"typ\":\"JWT\"}") + "." + base64(claims);
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signer.sign(input.getBytes(US_ASCII)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static void assertAnswer(HttpResponse<String> response, int status, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
