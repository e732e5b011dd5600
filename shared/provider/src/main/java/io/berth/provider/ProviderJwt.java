package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.Scope;
import io.berth.domain.provider.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token that a lease's owner shows to a provider (AEP-64), before it is signed. Its JSON has
 * sorted keys and no blanks, as the official SDK's.
 *
 * @param issuer the owner's bech32 address; the provider takes the public key from its account
 * @param issuedAt whole seconds count, here and below
 * @param notBefore providers allow no leeway at all
 * @param id optional {@code jti}
 */
public record ProviderJwt(
    String issuer,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt,
    Optional<String> id,
    LeaseAccess leases) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = base64("{\"alg\":\"ES256K\",\"typ\":\"JWT\"}");
  private static final String VERSION = "v1";
  private static final int SIGNATURE_SIZE = 64;

  /** How long tokens are backdated, since a provider's clock may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  public ProviderJwt {
    if (!LeaseAccess.ADDRESS.matcher(issuer).matches()) {
      throw new IllegalArgumentException("not an issuer's address");
    }
    if (notBefore.getEpochSecond() >= expiresAt.getEpochSecond()
        || issuedAt.getEpochSecond() < 0
        || notBefore.getEpochSecond() < 0) {
      throw new IllegalArgumentException("the token is never valid");
    }
    if (id.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("an empty id");
    }
  }

  /**
   * The narrowest token for a request: the named scopes at the one provider.
   *
   * @param issuer address of the wallet that will sign
   * @param lifetime from now; AEP-64 advises at most 15 minutes
   */
  public static ProviderJwt of(
      String issuer, TokenRequest request, Instant now, Duration lifetime) {
    List<Scope> scopes = request.scopes().stream().map(Scope::of).toList();
    Instant backdated = now.minus(CLOCK_SKEW);
    return new ProviderJwt(
        issuer,
        backdated,
        backdated,
        now.plus(lifetime),
        Optional.empty(),
        new LeaseAccess.Granular(
            List.of(new LeaseAccess.ScopedAtProvider(request.provider(), scopes))));
  }

  /**
   * A token for the owner's own use.
   *
   * @param issuer address of the wallet that will sign
   * @param lifetime from now
   * @param id unique
   */
  public static ProviderJwt of(
      String issuer, LeaseAccess leases, Instant now, Duration lifetime, String id) {
    Instant backdated = now.minus(CLOCK_SKEW);
    return new ProviderJwt(
        issuer, backdated, backdated, now.plus(lifetime), Optional.of(id), leases);
  }

  /** What is signed: header and claims in base64url, with a dot between. */
  public String signingInput() {
    return HEADER + "." + base64(JSON.writeValueAsString(claims()));
  }

  /**
   * The finished token.
   *
   * @param signer signs the SHA-256 of the bytes it gets with the issuer's secp256k1 key: 64 bytes,
   *     r then s, s in the lower half
   */
  public String sign(UnaryOperator<byte[]> signer) {
    String input = signingInput();
    byte[] signature = signer.apply(input.getBytes(US_ASCII));
    if (signature.length != SIGNATURE_SIZE) {
      throw new IllegalArgumentException("an ES256K signature has 64 bytes");
    }
    return input + "." + BASE64.encodeToString(signature);
  }

  private SortedMap<String, Object> claims() {
    SortedMap<String, Object> claims = new TreeMap<>();
    claims.put("iss", issuer);
    claims.put("iat", issuedAt.getEpochSecond());
    claims.put("nbf", notBefore.getEpochSecond());
    claims.put("exp", expiresAt.getEpochSecond());
    claims.put("version", VERSION);
    claims.put("leases", LeaseAccessJson.write(leases));
    id.ifPresent(text -> claims.put("jti", text));
    return claims;
  }

  private static String base64(String json) {
    return BASE64.encodeToString(json.getBytes(UTF_8));
  }
}
