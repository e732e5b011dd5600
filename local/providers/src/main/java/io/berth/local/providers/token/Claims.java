package io.berth.local.providers.token;

import io.berth.local.providers.token.Access.DeploymentRight;
import io.berth.local.providers.token.Access.Permission;
import io.berth.local.providers.token.Access.ProviderAccess;
import io.berth.wallet.Addresses;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A token's claims, in the two steps that providers take: decoding, where a wrong type makes the
 * token no token (401), and validation, where a wrong value makes its claims invalid (400).
 */
record Claims(
    String issuer,
    Optional<Instant> issuedAt,
    Optional<Instant> notBefore,
    Optional<Instant> expiresAt,
    String version,
    Leases leases) {
  private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger UINT32_MAX = BigInteger.TWO.pow(32).subtract(BigInteger.ONE);
  private static final BigDecimal FURTHEST_SECOND =
      BigDecimal.valueOf(Instant.MAX.getEpochSecond());

  /** Lists are null when absent: some shapes forbid even an empty one. */
  record Leases(String access, List<String> scope, List<ProviderLeases> permissions) {}

  record ProviderLeases(
      String provider, String access, List<String> scope, List<Deployment> deployments) {}

  record Deployment(long dseq, long gseq, long oseq, List<String> scope, List<String> services) {}

  static Claims decode(JsonNode json) throws TokenRefusedException {
    string(json, "jti");
    return new Claims(
        string(json, "iss"),
        date(json, "iat"),
        date(json, "nbf"),
        date(json, "exp"),
        string(json, "version"),
        leases(object(json, "leases")));
  }

  /**
   * What these claims allow.
   *
   * @throws TokenRefusedException if they are incomplete, contradictory or not of this time
   */
  Access validate(Instant now) throws TokenRefusedException {
    require(issuedAt.isPresent() && notBefore.isPresent() && expiresAt.isPresent());
    require(!now.isBefore(notBefore.get()) && now.isBefore(expiresAt.get()));
    require(version.equals("v1"));
    return switch (leases.access()) {
      case "full" -> {
        require(isEmpty(leases.permissions()) && isEmpty(leases.scope()));
        yield new Access.Full();
      }
      case "scoped" -> {
        require(leases.permissions() == null);
        yield new Access.Scoped(scopes(leases.scope()));
      }
      case "granular" -> new Access.Granular(permissions());
      default -> throw TokenRefusedException.claims();
    };
  }

  private List<Permission> permissions() throws TokenRefusedException {
    require(!isEmpty(leases.permissions()));
    Set<String> providers = new HashSet<>();
    List<Permission> permissions = new ArrayList<>();
    for (ProviderLeases each : leases.permissions()) {
      require(!each.provider().isEmpty() && providers.add(each.provider()));
      permissions.add(new Permission(each.provider(), access(each)));
    }
    return permissions;
  }

  private static ProviderAccess access(ProviderLeases claim) throws TokenRefusedException {
    return switch (claim.access()) {
      case "full" -> {
        require(isEmpty(claim.deployments()) && isEmpty(claim.scope()));
        yield new ProviderAccess.All();
      }
      case "scoped" -> {
        require(claim.deployments() == null);
        yield new ProviderAccess.Some(scopes(claim.scope()));
      }
      case "granular" -> {
        require(claim.scope() == null && !isEmpty(claim.deployments()));
        List<DeploymentRight> rights = new ArrayList<>();
        for (Deployment deployment : claim.deployments()) {
          rights.add(right(deployment));
        }
        yield new ProviderAccess.OfDeployments(rights);
      }
      default -> throw TokenRefusedException.claims();
    };
  }

  private static DeploymentRight right(Deployment claim) throws TokenRefusedException {
    require(claim.dseq() != 0);
    require(claim.oseq() == 0 || claim.gseq() != 0);
    require(!isEmpty(claim.services()));
    require(new HashSet<>(claim.services()).size() == claim.services().size());
    return new DeploymentRight(claim.dseq(), claim.gseq(), claim.oseq(), scopes(claim.scope()));
  }

  private static Set<Scope> scopes(List<String> names) throws TokenRefusedException {
    require(!isEmpty(names));
    EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : names) {
      require(scopes.add(Scope.named(name).orElseThrow(TokenRefusedException::claims)));
    }
    return scopes;
  }

  private static void require(boolean valid) throws TokenRefusedException {
    if (!valid) {
      throw TokenRefusedException.claims();
    }
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  // ---- decoding, as Go does it: absent and null are zero values, unknown names are ignored

  private static Leases leases(JsonNode json) throws TokenRefusedException {
    List<ProviderLeases> permissions = null;
    if (isPresent(json, "permissions")) {
      permissions = new ArrayList<>();
      for (JsonNode each : array(json, "permissions")) {
        permissions.add(providerLeases(each));
      }
    }
    return new Leases(string(json, "access"), strings(json, "scope"), permissions);
  }

  private static ProviderLeases providerLeases(JsonNode json) throws TokenRefusedException {
    requireType(json.isObject());
    String provider = string(json, "provider");
    requireType(provider.isEmpty() || Addresses.isAkash(provider));
    List<Deployment> deployments = null;
    if (isPresent(json, "deployments")) {
      deployments = new ArrayList<>();
      for (JsonNode each : array(json, "deployments")) {
        deployments.add(deployment(each));
      }
    }
    return new ProviderLeases(
        provider, string(json, "access"), strings(json, "scope"), deployments);
  }

  private static Deployment deployment(JsonNode json) throws TokenRefusedException {
    requireType(json.isObject());
    return new Deployment(
        unsigned(json, "dseq", UINT64_MAX),
        unsigned(json, "gseq", UINT32_MAX),
        unsigned(json, "oseq", UINT32_MAX),
        strings(json, "scope"),
        strings(json, "services"));
  }

  private static boolean isPresent(JsonNode json, String name) {
    return json.hasNonNull(name);
  }

  private static JsonNode object(JsonNode json, String name) throws TokenRefusedException {
    JsonNode value = json.path(name);
    requireType(value.isObject() || !isPresent(json, name));
    return value;
  }

  private static JsonNode array(JsonNode json, String name) throws TokenRefusedException {
    requireType(json.path(name).isArray());
    return json.path(name);
  }

  private static String string(JsonNode json, String name) throws TokenRefusedException {
    if (!isPresent(json, name)) {
      return "";
    }
    requireType(json.path(name).isString());
    return json.path(name).stringValue();
  }

  private static List<String> strings(JsonNode json, String name) throws TokenRefusedException {
    if (!isPresent(json, name)) {
      return null;
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode each : array(json, name)) {
      requireType(each.isString());
      strings.add(each.stringValue());
    }
    return strings;
  }

  private static long unsigned(JsonNode json, String name, BigInteger max)
      throws TokenRefusedException {
    if (!isPresent(json, name)) {
      return 0;
    }
    requireType(json.path(name).isIntegralNumber());
    BigInteger value = json.path(name).bigIntegerValue();
    requireType(value.signum() >= 0 && value.compareTo(max) <= 0);
    return value.longValue();
  }

  /** Seconds since 1970. Go takes a number in quotes too, and cuts fractions off. */
  private static Optional<Instant> date(JsonNode json, String name) throws TokenRefusedException {
    if (!isPresent(json, name)) {
      return Optional.empty();
    }
    JsonNode value = json.path(name);
    requireType(value.isNumber() || value.isString());
    try {
      BigDecimal seconds = new BigDecimal(value.asString());
      requireType(seconds.abs().compareTo(FURTHEST_SECOND) < 0);
      return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    } catch (NumberFormatException e) {
      throw TokenRefusedException.invalid();
    }
  }

  private static void requireType(boolean right) throws TokenRefusedException {
    if (!right) {
      throw TokenRefusedException.invalid();
    }
  }
}
