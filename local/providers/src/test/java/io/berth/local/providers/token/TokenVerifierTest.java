package io.berth.local.providers.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.domain.Bytes;
import io.berth.wallet.WalletKey;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenVerifierTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final WalletKey KEY = WalletKey.of(filled(7));
  private static final JsonNode VECTORS = vectors();

  static Stream<JsonNode> officialTokens() {
    return StreamSupport.stream(VECTORS.get("vectors").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("officialTokens")
  void acceptsOfficialTokensOfBothAlgorithms(JsonNode vector) throws Exception {
    String address = vector.at("/signer/address").stringValue();
    Bytes key = Bytes.ofHex(vector.at("/signer/pubkey_hex").stringValue());
    TokenVerifier verifier = verifier(Map.of(address, key), NOW);

    Caller plain = verifier.verify(vector.at("/es256k/token").stringValue());
    Caller wrapped = verifier.verify(vector.at("/es256kadr36/token").stringValue());

    assertThat(plain.owner()).isEqualTo(address);
    assertThat(wrapped).isEqualTo(plain);
  }

  @Test
  void refusesASignatureThatIsNotTheIssuers() {
    String token = token("{\"access\":\"full\"}");
    WalletKey other = WalletKey.of(filled(9));

    assertRefused(
        verifier(Map.of(KEY.address(), other.publicKey()), NOW), token, 401, "JWT is invalid");
  }

  @Test
  void refusesAChangedPayloadAHighSAndAnotherAlgorithm() {
    String[] parts = token("{\"access\":\"full\"}").split("\\.", -1);
    byte[] high = Base64.getUrlDecoder().decode(parts[2]);
    byte[] flipped = flipS(high);

    assertInvalid(
        parts[0]
            + "."
            + base64(claims("{\"access\":\"full\"}").replace("v1", "v2"))
            + "."
            + parts[2]);
    assertInvalid(
        parts[0]
            + "."
            + parts[1]
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
    assertInvalid(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
    assertInvalid(base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "a.b", "....", "e30.e30.", "e30=.e30.AA"})
  void refusesWhatIsNoToken(String text) {
    assertInvalid(text);
  }

  @Test
  void refusesAnIssuerThatTheChainDoesNotKnow() {
    assertRefused(verifier(Map.of(), NOW), token("{\"access\":\"full\"}"), 401, "JWT is invalid");
  }

  @Test
  void asksTheChainOnceForAKeyItFound() throws Exception {
    List<String> asked = new ArrayList<>();
    TokenVerifier verifier =
        new TokenVerifier(
            address -> {
              asked.add(address);
              return Optional.of(KEY.publicKey());
            },
            () -> NOW);

    verifier.verify(token("{\"access\":\"full\"}"));
    verifier.verify(token("{\"access\":\"full\"}"));

    assertThat(asked).containsExactly(KEY.address());
  }

  @Test
  void hasNoLeewayForTime() throws Exception {
    String token = token("{\"access\":\"full\"}");

    assertThat(verifier(NOW).verify(token).owner()).isEqualTo(KEY.address());
    assertThat(verifier(NOW.plusSeconds(29)).verify(token).owner()).isEqualTo(KEY.address());
    assertRefused(verifier(NOW.plusSeconds(30)), token, 400, "JWT has invalid claims");
    assertRefused(verifier(NOW.minusMillis(1)), token, 400, "JWT has invalid claims");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access\":\"none\"}",
        "{\"access\":\"full\",\"scope\":[\"logs\"]}",
        "{\"access\":\"full\",\"permissions\":[{\"provider\":\"P\",\"access\":\"full\"}]}",
        "{\"access\":\"scoped\"}",
        "{\"access\":\"scoped\",\"scope\":[]}",
        "{\"access\":\"scoped\",\"scope\":[\"delete\"]}",
        "{\"access\":\"scoped\",\"scope\":[\"logs\",\"logs\"]}",
        "{\"access\":\"scoped\",\"scope\":[\"logs\"],\"permissions\":[]}",
        "{\"access\":\"granular\"}",
        "{\"access\":\"granular\",\"permissions\":[]}",
        "{\"access\":\"granular\",\"permissions\":[{\"access\":\"full\"}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"full\"},{\"provider\":\"P\",\"access\":\"full\"}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"scoped\"}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\"}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\",\"scope\":[],\"deployments\":[{\"dseq\":1,\"scope\":[\"logs\"],\"services\":[\"a\"]}]}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\",\"deployments\":[{\"scope\":[\"logs\"],\"services\":[\"a\"]}]}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\",\"deployments\":[{\"dseq\":1,\"oseq\":1,\"scope\":[\"logs\"],\"services\":[\"a\"]}]}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\",\"deployments\":[{\"dseq\":1,\"scope\":[\"logs\"]}]}]}",
        "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"P\",\"access\":\"granular\",\"deployments\":[{\"dseq\":1,\"scope\":[\"logs\"],\"services\":[\"a\",\"a\"]}]}]}"
      })
  void refusesContradictoryRights(String leases) {
    assertRefused(
        verifier(NOW), token(leases.replace("P", PROVIDER)), 400, "JWT has invalid claims");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf", "exp", "version"})
  void refusesATokenWithoutARequiredClaim(String claim) {
    String payload = claims("{\"access\":\"full\"}").replace("\"" + claim + "\"", "\"x\"");

    assertRefused(verifier(NOW), signed(payload), 400, "JWT has invalid claims");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"access":"granular","permissions":[{"provider":"akash1","access":"full"}]}
          {"access":"granular","permissions":{}}
          {"access":"scoped","scope":"logs"}
          {"access":7}
          """)
  void treatsWrongTypesAsNoTokenAtAll(String leases) {
    assertInvalid(token(leases));
  }

  @Test
  void aGranularTokenAllowsOnlyWhatItNames() throws Exception {
    Access access =
        verifier(NOW)
            .verify(
                token(
                    "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"%s\",\"access\":\"granular\",\"deployments\":[{\"dseq\":7,\"gseq\":1,\"scope\":[\"status\"],\"services\":[\"web\"]}]}]}"
                        .formatted(PROVIDER)))
            .access();

    assertThat(access.allowsProvider(PROVIDER)).isTrue();
    assertThat(access.allowsProvider(KEY.address())).isFalse();
    assertThat(access.allowsLease(PROVIDER, 7, 1, 5, Scope.STATUS)).isTrue();
    assertThat(access.allowsLease(PROVIDER, 7, 2, 5, Scope.STATUS)).isFalse();
    assertThat(access.allowsLease(PROVIDER, 8, 1, 5, Scope.STATUS)).isFalse();
    assertThat(access.allowsLease(PROVIDER, 7, 1, 5, Scope.LOGS)).isFalse();
    assertThat(access.allowsLease(KEY.address(), 7, 1, 5, Scope.STATUS)).isFalse();
    assertThat(access.allowsDeployment(PROVIDER, 7, Scope.STATUS)).isTrue();
    assertThat(access.allowsDeployment(PROVIDER, 7, Scope.SEND_MANIFEST)).isFalse();
  }

  @Test
  void aScopedTokenAllowsItsScopesEverywhere() throws Exception {
    Access access =
        verifier(NOW)
            .verify(token("{\"access\":\"scoped\",\"scope\":[\"send-manifest\"]}"))
            .access();

    assertThat(access.allowsDeployment(PROVIDER, 1, Scope.SEND_MANIFEST)).isTrue();
    assertThat(access.allowsLease(PROVIDER, 1, 1, 1, Scope.STATUS)).isFalse();
  }

  private static void assertInvalid(String token) {
    assertRefused(verifier(NOW), token, 401, "JWT is invalid");
  }

  private static void assertRefused(
      TokenVerifier verifier, String token, int status, String message) {
    TokenRefusedException refused =
        catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
    assertThat(refused).hasMessage(message);
    assertThat(refused.status()).isEqualTo(status);
  }

  private static TokenVerifier verifier(Instant now) {
    return verifier(Map.of(KEY.address(), KEY.publicKey()), now);
  }

  private static TokenVerifier verifier(Map<String, Bytes> keys, Instant now) {
    return new TokenVerifier(
        address -> Optional.ofNullable(keys.get(address)), InstantSource.fixed(now));
  }

  private static String token(String leases) {
    return signed(claims(leases));
  }

  private static String claims(String leases) {
    long now = NOW.getEpochSecond();
    return "{\"iss\":\"%s\",\"version\":\"v1\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"leases\":%s}"
        .formatted(KEY.address(), now, now, now + 30, leases);
  }

  private static String signed(String claims) {
    String input = base64("{\"alg\":\"ES256K\",\"typ\":\"JWT\"}") + "." + base64(claims);
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(KEY.sign(input.getBytes(US_ASCII)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The other signature that the curve allows for the same message. */
  private static byte[] flipS(byte[] signature) {
    BigInteger order =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    byte[] s =
        order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64))).toByteArray();
    byte[] flipped = signature.clone();
    System.arraycopy(s, s.length - 32, flipped, 32, 32);
    return flipped;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static JsonNode vectors() {
    return JsonMapper.shared()
        .readTree(TokenVerifierTest.class.getResourceAsStream("/fixtures/jwt/vectors.json"));
  }
}
