package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.domain.provider.TokenRequest;
import io.berth.wallet.Secp256k1;
import io.berth.wallet.WalletKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProviderJwtTest {
  private static final String OWNER = "akash1qufa3xzrf34qvwyejkhvnc4psf49fftaw0asmh";
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

  /** Refused only because of the time at which they are read. */
  private static final Set<String> TIMELY = Set.of("expired", "not-yet-valid");

  @ParameterizedTest
  @MethodSource
  void makesTheTokensOfTheOfficialSdk(JsonNode vector) {
    JsonNode expected = vector.get("es256k");
    ProviderJwt jwt = read(vector.get("claims"));

    assertThat(jwt.signingInput()).isEqualTo(expected.get("signing_input").asString());
    try (WalletKey key = keyOf(vector)) {
      String token = jwt.sign(key::sign);

      assertThat(token).isEqualTo(expected.get("token").asString());
      assertThat(
              Secp256k1.verify(
                  key.publicKey().toArray(),
                  jwt.signingInput().getBytes(US_ASCII),
                  Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1))))
          .isTrue();
    }
  }

  static Stream<JsonNode> makesTheTokensOfTheOfficialSdk() {
    return vectors().get("vectors").valueStream();
  }

  @ParameterizedTest
  @MethodSource
  void cannotStandForAPayloadThatTheSdkRefuses(JsonNode invalid) {
    assertThatIllegalArgumentException()
        .as(invalid.get("id").asString())
        .isThrownBy(() -> read(invalid.get("payload")));
  }

  static Stream<JsonNode> cannotStandForAPayloadThatTheSdkRefuses() {
    return vectors()
        .get("invalid_payloads")
        .valueStream()
        .filter(invalid -> !TIMELY.contains(invalid.get("id").asString()));
  }

  @Test
  void aRequestGetsTheNarrowestTokenValidOneMinuteBack() {
    ProviderJwt jwt =
        ProviderJwt.of(
            OWNER,
            new TokenRequest("user-1", PROVIDER, List.of("send-manifest")),
            NOW,
            Duration.ofMinutes(2));

    assertThat(payloadOf(jwt))
        .isEqualTo(
            "{\"exp\":1790000120,\"iat\":1789999940,\"iss\":\""
                + OWNER
                + "\",\"leases\":{\"access\":\"granular\",\"permissions\":[{\"access\":\"scoped\","
                + "\"provider\":\""
                + PROVIDER
                + "\",\"scope\":[\"send-manifest\"]}]},\"nbf\":1789999940,\"version\":\"v1\"}");
  }

  @Test
  void refusesAnUnknownScope() {
    TokenRequest request = new TokenRequest("user-1", PROVIDER, List.of("delete"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderJwt.of(OWNER, request, NOW, Duration.ofMinutes(2)));
  }

  @Test
  void refusesASignatureOfAnotherForm() {
    ProviderJwt jwt =
        new ProviderJwt(
            OWNER, NOW, NOW, NOW.plusSeconds(1), Optional.empty(), new LeaseAccess.Full());

    assertThatIllegalArgumentException().isThrownBy(() -> jwt.sign(input -> new byte[71]));
  }

  @ParameterizedTest
  @EnumSource
  void everyScopeIsFoundByItsName(Scope scope) {
    assertThat(Scope.of(scope.text())).isEqualTo(scope);
  }

  private static String payloadOf(ProviderJwt jwt) {
    String input = jwt.signingInput();
    return new String(
        Base64.getUrlDecoder().decode(input.substring(input.indexOf('.') + 1)), US_ASCII);
  }

  private static WalletKey keyOf(JsonNode vector) {
    return WalletKey.of(
        HexFormat.of().parseHex(vector.get("signer").get("private_key_hex").asString()));
  }

  /** Reads claims strictly: what has no place in a {@link ProviderJwt} is refused here. */
  private static ProviderJwt read(JsonNode claims) {
    requireOnly(claims, "iss", "iat", "nbf", "exp", "version", "jti", "leases");
    if (!text(claims, "version").equals("v1")) {
      throw new IllegalArgumentException("version");
    }
    return new ProviderJwt(
        text(claims, "iss"),
        instant(claims, "iat"),
        instant(claims, "nbf"),
        instant(claims, "exp"),
        claims.has("jti") ? Optional.of(text(claims, "jti")) : Optional.empty(),
        leases(present(claims, "leases")));
  }

  private static LeaseAccess leases(JsonNode leases) {
    return switch (text(leases, "access")) {
      case "full" -> {
        requireOnly(leases, "access");
        yield new LeaseAccess.Full();
      }
      case "scoped" -> {
        requireOnly(leases, "access", "scope");
        yield new LeaseAccess.Scoped(scopes(leases));
      }
      case "granular" -> {
        requireOnly(leases, "access", "permissions");
        yield new LeaseAccess.Granular(
            present(leases, "permissions").valueStream().map(ProviderJwtTest::provider).toList());
      }
      default -> throw new IllegalArgumentException("access");
    };
  }

  private static LeaseAccess.ProviderAccess provider(JsonNode permission) {
    String provider = text(permission, "provider");
    return switch (text(permission, "access")) {
      case "full" -> {
        requireOnly(permission, "provider", "access");
        yield new LeaseAccess.FullAtProvider(provider);
      }
      case "scoped" -> {
        requireOnly(permission, "provider", "access", "scope");
        yield new LeaseAccess.ScopedAtProvider(provider, scopes(permission));
      }
      case "granular" -> {
        requireOnly(permission, "provider", "access", "deployments");
        yield new LeaseAccess.GranularAtProvider(
            provider,
            present(permission, "deployments")
                .valueStream()
                .map(ProviderJwtTest::deployment)
                .toList());
      }
      default -> throw new IllegalArgumentException("access");
    };
  }

  private static LeaseAccess.DeploymentAccess deployment(JsonNode deployment) {
    requireOnly(deployment, "dseq", "gseq", "oseq", "scope", "services");
    if (!present(deployment, "dseq").isIntegralNumber()) {
      throw new IllegalArgumentException("dseq");
    }
    return new LeaseAccess.DeploymentAccess(
        deployment.get("dseq").asLong(),
        optional(deployment, "gseq"),
        optional(deployment, "oseq"),
        scopes(deployment),
        present(deployment, "services").valueStream().map(JsonNode::asString).toList());
  }

  private static OptionalInt optional(JsonNode parent, String name) {
    return parent.has(name) ? OptionalInt.of(parent.get(name).asInt()) : OptionalInt.empty();
  }

  private static List<Scope> scopes(JsonNode parent) {
    return present(parent, "scope").valueStream().map(JsonNode::asString).map(Scope::of).toList();
  }

  private static Instant instant(JsonNode parent, String name) {
    if (!present(parent, name).isIntegralNumber()) {
      throw new IllegalArgumentException(name);
    }
    return Instant.ofEpochSecond(parent.get(name).asLong());
  }

  private static String text(JsonNode parent, String name) {
    if (!present(parent, name).isString()) {
      throw new IllegalArgumentException(name);
    }
    return parent.get(name).asString();
  }

  private static JsonNode present(JsonNode parent, String name) {
    if (!parent.has(name)) {
      throw new IllegalArgumentException(name);
    }
    return parent.get(name);
  }

  private static void requireOnly(JsonNode parent, String... names) {
    if (!Set.of(names).containsAll(parent.propertyNames())) {
      throw new IllegalArgumentException("unknown property");
    }
  }

  private static JsonNode vectors() {
    try (InputStream in = ProviderJwtTest.class.getResourceAsStream("/fixtures/jwt/vectors.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
