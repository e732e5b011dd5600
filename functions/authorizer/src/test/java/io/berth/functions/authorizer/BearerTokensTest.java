package io.berth.functions.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.berth.domain.account.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String ISSUER = "https://id.example/pool";
  private static final RSAKey RSA = rsa("rsa-1");
  private static final RSAKey NEXT_RSA = rsa("rsa-2");
  private static final RSAKey STOLEN_NAME = rsa("rsa-1");
  private static final ECKey EC = ec("ec-1");

  private final BearerTokens tokens =
      new BearerTokens(
          ISSUER,
          "berth",
          new ImmutableJWKSet<>(new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK()))),
          () -> NOW);

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("other", "berth"))
        .subject("ann")
        .claim("email", "ann@example.com")
        .claim("email_verified", true)
        .notBeforeTime(Date.from(NOW.minusSeconds(60)))
        .expirationTime(Date.from(NOW.plusSeconds(60)));
  }

  private static JWSHeader.Builder header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    return signed(header(key).build(), claims, new RSASSASigner(key));
  }

  private Optional<Identity> verified(UnaryOperator<JWTClaimsSet.Builder> change)
      throws JOSEException {
    return tokens.verify(signed(RSA, change.apply(claims()).build()));
  }

  @Test
  void knowsWhomTheProviderVouchesFor() throws Exception {
    assertThat(verified(claims -> claims))
        .contains(new Identity("ann", Optional.of("ann@example.com"), true));
    assertThat(verified(claims -> claims.claim("email", null).claim("email_verified", null)))
        .contains(new Identity("ann", Optional.empty(), false));
    assertThat(
            tokens.verify(
                signed(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(),
                    claims().build(),
                    new ECDSASigner(EC))))
        .isPresent();
  }

  @Test
  void takesTokensOfTheUsualTypesOnly() throws Exception {
    for (String type : new String[] {"JWT", "at+jwt"}) {
      assertThat(tokens.verify(typed(type))).as(type).isPresent();
    }
    assertThat(tokens.verify(typed("logout+jwt"))).isEmpty();
  }

  private static String typed(String type) throws JOSEException {
    return signed(
        header(RSA).type(new JOSEObjectType(type)).build(),
        claims().build(),
        new RSASSASigner(RSA));
  }

  @Test
  void isForOnlyTheOneIssuer() throws Exception {
    assertThat(verified(claims -> claims.issuer("https://id.example/pool/"))).isEmpty();
    assertThat(verified(claims -> claims.issuer(null))).isEmpty();
  }

  @Test
  void isMeantForBerth() throws Exception {
    assertThat(verified(claims -> claims.audience("other"))).isEmpty();
    assertThat(verified(claims -> claims.audience((String) null))).isEmpty();
    assertThat(verified(claims -> claims.audience((String) null).claim("client_id", "berth")))
        .as("as Cognito writes access tokens")
        .isPresent();
    assertThat(verified(claims -> claims.audience("other").claim("client_id", "berth"))).isEmpty();
  }

  @Test
  void endsWhenItSaysGiveOrTakeTenSeconds() throws Exception {
    assertThat(verified(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(9)))))
        .isPresent();
    assertThat(verified(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(11)))))
        .isEmpty();
    assertThat(verified(claims -> claims.expirationTime(null))).isEmpty();
  }

  @Test
  void beginsWhenItSaysGiveOrTakeTenSeconds() throws Exception {
    assertThat(verified(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(9))))).isPresent();
    assertThat(verified(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(11))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä", "new\nline"})
  void hasASubjectThatCanBeAUsersId(String subject) throws Exception {
    assertThat(verified(claims -> claims.subject(subject))).isEmpty();
  }

  @Test
  void needsASubject() throws Exception {
    assertThat(verified(claims -> claims.subject(null))).isEmpty();
    assertThat(verified(claims -> claims.subject("x".repeat(129)))).isEmpty();
  }

  @Test
  void isSignedByTheKeyThatItNames() throws Exception {
    assertThat(tokens.verify(signed(STOLEN_NAME, claims().build()))).isEmpty();
    assertThat(tokens.verify(signed(NEXT_RSA, claims().build()))).isEmpty();
    assertThat(
            tokens.verify(
                signed(new JWSHeader(JWSAlgorithm.RS256), claims().build(), new RSASSASigner(RSA))))
        .as("names none")
        .isEmpty();
  }

  @Test
  void isSignedAsTheProviderSigns() throws Exception {
    assertThat(tokens.verify(new PlainJWT(claims().build()).serialize())).as("none").isEmpty();
    assertThat(
            tokens.verify(
                signed(
                    new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa-1").build(),
                    claims().build(),
                    new RSASSASigner(RSA))))
        .as("another algorithm of the same key")
        .isEmpty();
    byte[] publicKey = RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    assertThat(
            tokens.verify(
                signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
                    claims().build(),
                    new MACSigner(publicKey))))
        .as("the public key taken for a shared secret")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9..", "🔑"})
  void isNoNonsense(String text) {
    assertThat(tokens.verify(text)).isEmpty();
  }

  @Test
  void readsTheKeysOnceAndAgainForAKeyItDoesNotKnow() throws Exception {
    try (KeyServer server = new KeyServer()) {
      server.keys = new JWKSet(RSA.toPublicJWK()).toString();
      BearerTokens remote = server.tokens();
      for (int i = 0; i < 3; i++) {
        assertThat(remote.verify(signed(RSA, claims().build()))).isPresent();
      }
      assertThat(server.reads).hasValue(1);

      server.keys = new JWKSet(List.of(RSA.toPublicJWK(), NEXT_RSA.toPublicJWK())).toString();
      assertThat(remote.verify(signed(NEXT_RSA, claims().build()))).isPresent();
      assertThat(server.reads).hasValue(2);

      // Whoever invents keys does not have the set read each time.
      for (int i = 0; i < 20; i++) {
        RSAKey invented = new RSAKey.Builder(STOLEN_NAME).keyID("invented-" + i).build();
        assertThat(remote.verify(signed(invented, claims().build()))).isEmpty();
      }
      assertThat(server.reads.get()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void cannotTellWithoutKeys() throws Exception {
    try (KeyServer server = new KeyServer()) {
      server.keys = "{";
      BearerTokens remote = server.tokens();
      assertThatThrownBy(() -> remote.verify(signed(RSA, claims().build())))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void readsNoMoreKeysThanAProviderHas() throws Exception {
    try (KeyServer server = new KeyServer()) {
      server.keys = new JWKSet(RSA.toPublicJWK()) + " ".repeat(64 * 1024);
      BearerTokens remote = server.tokens();
      assertThatThrownBy(() -> remote.verify(signed(RSA, claims().build())))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void goesOnWithKnownKeysWhileTheProviderIsDown() throws Exception {
    KeyServer server = new KeyServer();
    server.keys = new JWKSet(RSA.toPublicJWK()).toString();
    BearerTokens remote = server.tokens();
    assertThat(remote.verify(signed(RSA, claims().build()))).isPresent();
    server.close();

    assertThat(remote.verify(signed(RSA, claims().build()))).isPresent();
  }

  private static final class KeyServer implements AutoCloseable {
    private final AtomicInteger reads = new AtomicInteger();
    private final HttpServer server;
    private volatile String keys = "";

    private KeyServer() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            reads.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
    }

    private BearerTokens tokens() throws IOException {
      URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks");
      return new BearerTokens(ISSUER, "berth", BearerTokens.keys(uri.toURL()), () -> NOW);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
