package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.Scope;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @MethodSource
  void saysInTheSdksWordsWhatIsWrongWithAccess(JsonNode invalid) {
    List<String> problems = LeaseAccessRules.problems(invalid.get("payload").get("leases"));

    assertThat(problems).as(invalid.get("id").asString()).isNotEmpty();
    assertThat(
            Stream.concat(
                    invalid.at("/git/errors").valueStream(),
                    invalid.at("/npm/errors").valueStream())
                .map(JsonNode::asString)
                .toList())
        .as("%s: %s", invalid.get("id").asString(), problems)
        .containsAnyElementsOf(problems);
  }

  static Stream<JsonNode> saysInTheSdksWordsWhatIsWrongWithAccess() {
    return cannotStandForAPayloadThatTheSdkRefuses()
        .filter(invalid -> invalid.get("payload").has("leases"))
        .filter(
            invalid -> !invalid.at("/payload/leases").toString().equals("{\"access\":\"full\"}"));
  }

  @ParameterizedTest
  @MethodSource("makesTheTokensOfTheOfficialSdk")
  void readsTheAccessThatItWrites(JsonNode vector) {
    JsonNode leases = vector.at("/claims/leases");

    assertThat(LeaseAccessRules.problems(leases)).isEmpty();
    String written =
        JsonMapper.shared().writeValueAsString(LeaseAccessJson.write(LeaseAccessJson.read(leases)));
    assertThat(JsonMapper.shared().readTree(written)).isEqualTo(leases);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "{\"access\":1}",
        "{\"access\":\"scoped\",\"scope\":\"logs\"}",
        "{\"access\":\"scoped\",\"scope\":[null]}",
        "{\"access\":\"granular\",\"permissions\":[1]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":1,\"access\":\"full\"}]}"
      })
  void findsTheProblemInAnyJson(String json) {
    assertThat(LeaseAccessRules.problems(JsonMapper.shared().readTree(json))).isNotEmpty();
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
        LeaseAccessJson.read(present(claims, "leases")));
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
