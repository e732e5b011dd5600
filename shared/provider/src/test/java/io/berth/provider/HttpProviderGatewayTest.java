package io.berth.provider;

import static io.berth.provider.TestCertificates.FAR_AHEAD;
import static io.berth.provider.TestCertificates.LONG_AGO;
import static io.berth.provider.TestCertificates.NOW;
import static io.berth.provider.TestCertificates.TOMORROW;
import static io.berth.provider.TestCertificates.YESTERDAY;
import static io.berth.provider.TestCertificates.newKey;
import static io.berth.provider.TestCertificates.selfSigned;
import static io.berth.provider.TestGateway.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpHandler;
import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.provider.TokenRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpProviderGatewayTest {
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final String OTHER = "akash18qa2a2ltfyvkyj0ggj3hkvuj6twzyumuaru9s4";
  private static final String USER = "user-1";
  private static final String MANIFEST = "[{\"name\":\"web\",\"text\":\"ž\"}]";
  private static final BidId LEASE = new BidId(new OrderId(OTHER, 42, 1, 2), PROVIDER, 0);

  /** A name that only the test's resolver knows: who connects used the address that was checked. */
  private static final String HOST = "gateway.provider.example";

  private static final TestCertificates.Ca CA = new TestCertificates.Ca();
  private static final TestCertificates.Ca UNKNOWN_CA = new TestCertificates.Ca();
  private static final X509ExtendedTrustManager TRUSTED = CA.trusted();

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final AddressPolicy PUBLIC =
      AddressPolicy.publicOnly(List.of(PortRange.parse("443"), PortRange.parse("1024-65535")));
  private static final Reply.Answered OK = new Reply.Answered(200, "");

  private final List<TokenRequest> tokenRequests = new ArrayList<>();
  private final List<String> resolved = new ArrayList<>();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private TestCertificates.Identity identity;
  private TestGateway server;

  @AfterEach
  void stop() {
    testIsOver.countDown();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void putsTheManifestToTheProviderThatShowsItsPublishedCertificate() {
    start(selfSigned(PROVIDER), answering(OK));

    ManifestOutcome outcome = put(published(identity));

    assertThat(outcome).isEqualTo(new ManifestOutcome.Accepted());
    assertThat(server.received)
        .containsExactly(
            new TestGateway.Received(
                "PUT",
                "/deployment/42/manifest",
                HOST,
                HOST + ":" + server.port(),
                "Bearer token-1",
                MANIFEST));
    assertThat(tokenRequests)
        .containsExactly(new TokenRequest(USER, PROVIDER, List.of("send-manifest")));
    assertThat(resolved).containsExactly(HOST);
  }

  @Test
  void readsALeasesStatus() {
    start(
        selfSigned(PROVIDER),
        answering(new Reply.Answered(200, "{\"services\":{\"web\":{\"ready_replicas\":1}}}")));

    StatusOutcome outcome = status(published(identity));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            StatusOutcome.Known.class,
            known -> assertThat(known.status().services().get("web").readyReplicas()).isEqualTo(1));
    assertThat(server.received)
        .extracting(TestGateway.Received::method, TestGateway.Received::path)
        .containsExactly(tuple("GET", "/lease/42/1/2/status"));
    assertThat(tokenRequests).containsExactly(new TokenRequest(USER, PROVIDER, List.of("status")));
  }

  @Test
  void trustsOneOfSeveralPublishedCertificates() {
    start(selfSigned(PROVIDER), answering(OK));
    Certificate unreadable =
        new Certificate(
            PROVIDER, "1", Certificate.State.VALID, Bytes.ofHex("00ff"), Bytes.ofHex("00"));

    ManifestOutcome outcome =
        put(
            List.of(
                unreadable,
                selfSigned(PROVIDER).publishedBy(PROVIDER, Certificate.State.VALID),
                identity.publishedBy(PROVIDER, Certificate.State.VALID)));

    assertThat(outcome).isEqualTo(new ManifestOutcome.Accepted());
  }

  @Test
  void trustsAPublicCaForTheHostName() {
    start(CA.issue(HOST, LONG_AGO, FAR_AHEAD), answering(OK));

    assertThat(put(List.of())).isEqualTo(new ManifestOutcome.Accepted());
  }

  @Test
  void refusesAPublicCasCertificateForAnotherHost() {
    start(CA.issue("other.provider.example", LONG_AGO, FAR_AHEAD), answering(OK));

    assertUntrusted(List.of());
  }

  @Test
  void refusesAnExpiredCertificateOfAPublicCa() {
    start(CA.issue(HOST, LONG_AGO, LONG_AGO.plusSeconds(86_400)), answering(OK));

    assertUntrusted(List.of());
  }

  @Test
  void refusesAnUnknownCa() {
    start(UNKNOWN_CA.issue(HOST, LONG_AGO, FAR_AHEAD), answering(OK));

    assertUntrusted(List.of());
  }

  @Test
  void refusesAnotherProvidersValidCertificate() {
    start(selfSigned(OTHER), answering(OK));

    assertUntrusted(
        List.of(
            identity.publishedBy(OTHER, Certificate.State.VALID),
            selfSigned(PROVIDER).publishedBy(PROVIDER, Certificate.State.VALID)));
  }

  @Test
  void refusesAnotherProvidersNameEvenIfTheProviderPublishedTheCertificate() {
    start(selfSigned(OTHER), answering(OK));

    assertUntrusted(published(identity));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx6З",
        "AKASH1365YVMC4S7AWDYJ3N2SAV7XFX76ADC6DNMLX63",
        "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63x",
        "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx6"
      })
  void refusesANameThatOnlyLooksLikeTheProviders(String lookAlike) {
    start(selfSigned(lookAlike), answering(OK));

    assertUntrusted(published(identity));
  }

  @Test
  void refusesACertificateThatAnotherPublishedInTheProvidersName() {
    start(selfSigned(PROVIDER), answering(OK));

    assertUntrusted(List.of(identity.publishedBy(OTHER, Certificate.State.VALID)));
  }

  @Test
  void refusesACertificateThatIsNotItsOwnIssuer() {
    start(selfSigned(newKey(), PROVIDER, OTHER, YESTERDAY, TOMORROW), answering(OK));

    assertUntrusted(published(identity));
  }

  @Test
  void refusesAnExpiredCertificate() {
    start(selfSigned(newKey(), PROVIDER, PROVIDER, YESTERDAY, NOW.minusSeconds(60)), answering(OK));

    assertUntrusted(published(identity));
  }

  @Test
  void refusesACertificateThatIsNotYetValid() {
    start(selfSigned(newKey(), PROVIDER, PROVIDER, NOW.plusSeconds(60), TOMORROW), answering(OK));

    assertUntrusted(published(identity));
  }

  @Test
  void refusesARevokedCertificate() {
    start(selfSigned(PROVIDER), answering(OK));

    assertUntrusted(List.of());
    assertUntrusted(List.of(identity.publishedBy(PROVIDER, Certificate.State.REVOKED)));
  }

  @Test
  void refusesAnotherCertificateForTheSameKeyAndName() {
    KeyPair key = newKey();
    start(selfSigned(key, PROVIDER, PROVIDER, YESTERDAY, TOMORROW), answering(OK));

    assertUntrusted(published(selfSigned(key, PROVIDER, PROVIDER, YESTERDAY, TOMORROW)));
  }

  @Test
  void refusesAPublishedCertificateWithOthersBehindIt() {
    TestCertificates.Identity alone = selfSigned(PROVIDER);
    start(
        new TestCertificates.Identity(
            alone.key(), List.of(alone.certificate(), selfSigned(PROVIDER).certificate())),
        answering(OK));

    assertUntrusted(published(alone));
  }

  @Test
  void speaksNothingOlderThanTls13() {
    identity = selfSigned(PROVIDER);
    server = new TestGateway(identity, "TLSv1.2", answering(OK));

    assertThat(put(published(identity))).isInstanceOf(ManifestOutcome.Unreachable.class);
    assertThat(server.received).isEmpty();
  }

  @Test
  void followsNoRedirect() {
    start(
        selfSigned(PROVIDER),
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", "https://" + HOST + ":" + server.port() + "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });

    assertThat(put(published(identity))).isEqualTo(new ManifestOutcome.ProviderFailed(307, ""));
    assertThat(server.received).hasSize(1);
  }

  @Test
  void repeatsNothingByItself() {
    start(selfSigned(PROVIDER), answering(new Reply.Answered(503, "busy"), OK));

    assertThat(put(published(identity))).isEqualTo(new ManifestOutcome.ProviderFailed(503, "busy"));
    assertThat(server.received).hasSize(1);
  }

  @Test
  void stopsReadingAnEndlessBody() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    start(
        selfSigned(PROVIDER),
        exchange -> {
          byte[] chunk = new byte[64 << 10];
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (testIsOver.getCount() > 0) {
              exchange.getResponseBody().write(chunk);
            }
          } catch (IOException e) {
            hungUp.countDown();
          }
        });

    assertThat(status(published(identity)))
        .isEqualTo(new StatusOutcome.Unavailable("the answer is too long"));
    assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotWaitForASlowAnswer() {
    start(selfSigned(PROVIDER), exchange -> awaitEndOfTest());

    assertThat(gateway(published(identity), SHORT).putManifest(USER, provider(), 42, MANIFEST))
        .isEqualTo(new ManifestOutcome.Unreachable("no whole answer in time"));
    assertThat(gateway(published(identity), SHORT).leaseStatus(USER, provider(), LEASE))
        .isEqualTo(new StatusOutcome.Unavailable("no whole answer in time"));
  }

  @Test
  void doesNotWaitForABodyThatNeverEnds() {
    start(
        selfSigned(PROVIDER),
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitEndOfTest();
        });

    assertThat(gateway(published(identity), SHORT).leaseStatus(USER, provider(), LEASE))
        .isEqualTo(new StatusOutcome.Unavailable("no whole answer in time"));
  }

  @Test
  void doesNotWaitForABodyThatDripsForEver() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    start(
        selfSigned(PROVIDER),
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (!testIsOver.await(20, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
            }
          } catch (IOException e) {
            hungUp.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThat(gateway(published(identity), SHORT).leaseStatus(USER, provider(), LEASE))
        .isEqualTo(new StatusOutcome.Unavailable("no whole answer in time"));
    assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hangsUpOnAServerThatSaysNothing() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      ManifestOutcome outcome =
          gateway(List.of(), SHORT)
              .putManifest(USER, providerAt(HOST, silent.port()), 42, MANIFEST);

      assertThat(outcome).isEqualTo(new ManifestOutcome.Unreachable("no whole answer in time"));
      assertThat(silent.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void givesUpAHandshakeLongBeforeAnAnswer() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      ManifestOutcome outcome =
          gateway(
                  List.of(),
                  new HttpProviderGateway.Limits(SHORT, AMPLE, AMPLE),
                  AddressPolicy.allowLoopback(),
                  host -> List.of(InetAddress.getLoopbackAddress()))
              .putManifest(USER, providerAt(HOST, silent.port()), 42, MANIFEST);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              ManifestOutcome.Unreachable.class,
              none -> assertThat(none.reason()).startsWith("no connection, or it broke"));
      assertThat(silent.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void unpacksNothing() {
    start(
        selfSigned(PROVIDER),
        exchange -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1 << 20]);
          }
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, packed.size());
          exchange.getResponseBody().write(packed.toByteArray());
          exchange.close();
        });

    assertThat(status(published(identity)))
        .isEqualTo(new StatusOutcome.Unavailable("the provider's answer is unreadable"));
  }

  @Test
  void saysThatNoOneListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(gateway(List.of(), AMPLE).putManifest(USER, providerAt(HOST, free), 42, MANIFEST))
        .isEqualTo(
            new ManifestOutcome.Unreachable(
                "no connection, or it broke: HttpHostConnectException"));
  }

  @Test
  void doesNotWaitForASlowResolver() {
    HttpProviderGateway gateway =
        gateway(
            List.of(),
            SHORT,
            PUBLIC,
            host -> {
              awaitEndOfTest();
              return List.of();
            });

    assertThat(gateway.leaseStatus(USER, providerAt(HOST, 8443), LEASE))
        .isEqualTo(new StatusOutcome.Unavailable("its name does not resolve in time"));
  }

  @Test
  void saysThatTheNameIsUnknown() {
    HttpProviderGateway gateway =
        gateway(
            List.of(),
            AMPLE,
            PUBLIC,
            host -> {
              throw new UnknownHostException(host);
            });

    assertThat(gateway.putManifest(USER, providerAt(HOST, 8443), 42, MANIFEST))
        .isEqualTo(new ManifestOutcome.Unreachable("its name does not resolve"));
  }

  @Test
  void doesNotEvenConnectToAPrivateAddress() {
    start(selfSigned(PROVIDER), answering(OK));
    HttpProviderGateway gateway =
        gateway(
            published(identity), AMPLE, PUBLIC, host -> List.of(InetAddress.getLoopbackAddress()));

    assertThat(gateway.putManifest(USER, provider(), 42, MANIFEST))
        .isEqualTo(new ManifestOutcome.Untrusted("its host has an address that is not public"));
    assertThat(server.received).isEmpty();
    assertThat(tokenRequests).isEmpty();
  }

  @Test
  void goesToTheCheckedAddressWhateverTheNameResolvesToLater() {
    start(
        selfSigned(PROVIDER),
        answering(new Reply.Answered(401, "{\"message\":\"JWT is invalid\"}"), OK));
    HttpProviderGateway gateway =
        gateway(
            published(identity),
            AMPLE,
            AddressPolicy.allowLoopback(),
            host -> {
              resolved.add(host);
              return List.of(
                  resolved.size() == 1
                      ? InetAddress.getLoopbackAddress()
                      : InetAddress.ofLiteral("169.254.169.254"));
            });

    assertThat(gateway.putManifest(USER, provider(), 42, MANIFEST))
        .as("over two connections, since the first token is refused")
        .isEqualTo(new ManifestOutcome.Accepted());
    assertThat(server.received).hasSize(2);
    assertThat(resolved).containsExactly(HOST);
  }

  @Test
  void doesNotConnectToAPortThatIsNotConfigured() {
    start(selfSigned(PROVIDER), answering(OK));
    HttpProviderGateway gateway =
        gateway(
            published(identity),
            AMPLE,
            AddressPolicy.publicOnly(List.of(PortRange.parse("443"))),
            host -> {
              resolved.add(host);
              return List.of(InetAddress.getLoopbackAddress());
            });

    assertThat(gateway.putManifest(USER, provider(), 42, MANIFEST))
        .isEqualTo(new ManifestOutcome.Untrusted("its port is not allowed"));
    assertThat(resolved).as("not even its name is looked up").isEmpty();
    assertThat(server.received).isEmpty();
    assertThat(tokenRequests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void asWiredForLocalModeReachesAProviderOnThisMachine(String host) {
    start(selfSigned(newKey(), PROVIDER, PROVIDER, LONG_AGO, FAR_AHEAD), answering(OK));
    HttpProviderGateway gateway =
        new HttpProviderGateway(
            new PublishedCertificates(published(identity)),
            request -> "token",
            AddressPolicy.allowLoopback());

    assertThat(gateway.putManifest(USER, providerAt(host, server.port()), 42, MANIFEST))
        .isEqualTo(new ManifestOutcome.Accepted());
  }

  @Test
  void replacesARefusedTokenOnce() {
    start(
        selfSigned(PROVIDER),
        answering(new Reply.Answered(401, "{\"message\":\"JWT is invalid\"}"), OK));

    assertThat(put(published(identity))).isEqualTo(new ManifestOutcome.Accepted());
    assertThat(server.received)
        .extracting(TestGateway.Received::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void replacesATokenWithBadClaimsOnce() {
    start(
        selfSigned(PROVIDER),
        answering(
            new Reply.Answered(400, "{\"message\":\"JWT has invalid claims\"}"),
            new Reply.Answered(404, "")));

    assertThat(status(published(identity)))
        .isEqualTo(new StatusOutcome.NotReady("no manifest yet"));
    assertThat(server.received)
        .extracting(TestGateway.Received::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void givesUpAfterTheSecondToken() {
    start(
        selfSigned(PROVIDER),
        answering(new Reply.Answered(401, "{\"message\":\"unauthorized access\"}")));

    assertThat(put(published(identity)))
        .isEqualTo(new ManifestOutcome.Unauthorized("unauthorized access"));
    assertThat(server.received).hasSize(2);
  }

  private void start(TestCertificates.Identity shown, HttpHandler handler) {
    identity = shown;
    server = new TestGateway(shown, handler);
  }

  private static List<Certificate> published(TestCertificates.Identity identity) {
    return List.of(identity.publishedBy(PROVIDER, Certificate.State.VALID));
  }

  private ManifestOutcome put(List<Certificate> certificates) {
    return gateway(certificates, AMPLE).putManifest(USER, provider(), 42, MANIFEST);
  }

  private StatusOutcome status(List<Certificate> certificates) {
    return gateway(certificates, AMPLE).leaseStatus(USER, provider(), LEASE);
  }

  private void assertUntrusted(List<Certificate> certificates) {
    assertThat(put(certificates)).isInstanceOf(ManifestOutcome.Untrusted.class);
    assertThat(server.received).as("nothing was sent").isEmpty();
  }

  private Provider provider() {
    return providerAt(HOST, server.port());
  }

  private static Provider providerAt(String host, int port) {
    return new Provider(PROVIDER, "https://" + host + ":" + port, List.of());
  }

  private HttpProviderGateway gateway(List<Certificate> certificates, Duration limit) {
    return gateway(
        certificates,
        limit,
        AddressPolicy.allowLoopback(),
        host -> {
          resolved.add(host);
          return List.of(InetAddress.getLoopbackAddress());
        });
  }

  private HttpProviderGateway gateway(
      List<Certificate> certificates,
      Duration limit,
      AddressPolicy policy,
      Endpoint.Resolver resolver) {
    return gateway(
        certificates, new HttpProviderGateway.Limits(AMPLE, limit, limit), policy, resolver);
  }

  private HttpProviderGateway gateway(
      List<Certificate> certificates,
      HttpProviderGateway.Limits limits,
      AddressPolicy policy,
      Endpoint.Resolver resolver) {
    return new HttpProviderGateway(
        new ProviderLookup(
            new PublishedCertificates(certificates), policy, resolver, TRUSTED, () -> NOW),
        request -> {
          tokenRequests.add(request);
          return "token-" + tokenRequests.size();
        },
        limits);
  }

  private void awaitEndOfTest() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
