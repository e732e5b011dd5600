package io.berth.local.providers.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.berth.domain.Bytes;
import io.berth.wallet.Secp256k1;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies tokens: signature first, with the key that the chain has for the issuer, then the
 * claims, without leeway (provider-gateway.md §2.4).
 */
public final class TokenVerifier {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Function<String, Optional<Bytes>> chainKeys;
  private final InstantSource clock;
  private final Map<String, Bytes> knownKeys = new ConcurrentHashMap<>();

  /**
   * A verifier that remembers every key it has once found.
   *
   * @param chainKeys the compressed public key of an account, if it ever signed a transaction
   */
  public TokenVerifier(Function<String, Optional<Bytes>> chainKeys, InstantSource clock) {
    this.chainKeys = chainKeys;
    this.clock = clock;
  }

  /**
   * The account that issued the token, and what it may do.
   *
   * @throws TokenRefusedException with what a provider answers
   */
  public Caller verify(String token) throws TokenRefusedException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw TokenRefusedException.invalid();
    }
    JsonNode header = object(parts[0]);
    Claims claims = Claims.decode(object(parts[1]));
    byte[] signature = decode(parts[2]);
    byte[] signed =
        signedBytes(header.path("alg").asString(""), parts[0] + "." + parts[1], claims.issuer());
    if (!Secp256k1.verify(key(claims.issuer()), signed, signature)) {
      throw TokenRefusedException.invalid();
    }
    Instant now = clock.instant();
    return new Caller(claims.issuer(), claims.validate(now));
  }

  private static byte[] signedBytes(String algorithm, String input, String issuer)
      throws TokenRefusedException {
    return switch (algorithm) {
      case "ES256K" -> input.getBytes(US_ASCII);
      case "ES256KADR36" -> adr36(input, issuer);
      default -> throw TokenRefusedException.invalid();
    };
  }

  /** What a browser wallet signs instead: the input inside an empty amino transaction (ADR-36). */
  private static byte[] adr36(String input, String signer) {
    String data = Base64.getEncoder().encodeToString(input.getBytes(US_ASCII));
    return ("{\"account_number\":\"0\",\"chain_id\":\"\",\"fee\":{\"amount\":[],\"gas\":\"0\"},"
            + "\"memo\":\"\",\"msgs\":[{\"type\":\"sign/MsgSignData\",\"value\":{\"data\":\""
            + data
            + "\",\"signer\":\""
            + signer
            + "\"}}],\"sequence\":\"0\"}")
        .getBytes(US_ASCII);
  }

  private byte[] key(String issuer) throws TokenRefusedException {
    Bytes known = knownKeys.get(issuer);
    if (known == null) {
      known = chainKeys.apply(issuer).orElseThrow(TokenRefusedException::invalid);
      knownKeys.put(issuer, known);
    }
    return known.toArray();
  }

  private static JsonNode object(String part) throws TokenRefusedException {
    try {
      JsonNode json = MAPPER.readTree(decode(part));
      if (!json.isObject()) {
        throw TokenRefusedException.invalid();
      }
      return json;
    } catch (JacksonException e) {
      throw TokenRefusedException.invalid();
    }
  }

  private static byte[] decode(String part) throws TokenRefusedException {
    if (part.contains("=")) {
      throw TokenRefusedException.invalid();
    }
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw TokenRefusedException.invalid();
    }
  }
}
