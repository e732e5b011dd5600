package io.berth.provider;

import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.Scope;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The {@code leases} claim as JSON. */
public final class LeaseAccessJson {
  private LeaseAccessJson() {}

  /**
   * Reads a claim in which {@link LeaseAccessRules} find no problem.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LeaseAccess read(JsonNode leases) {
    if (!LeaseAccessRules.problems(leases).isEmpty()) {
      throw new IllegalArgumentException("not a leases claim");
    }
    return switch (leases.get("access").stringValue()) {
      case "full" -> new LeaseAccess.Full();
      case "scoped" -> new LeaseAccess.Scoped(scopes(leases));
      default ->
          new LeaseAccess.Granular(
              leases.get("permissions").valueStream().map(LeaseAccessJson::provider).toList());
    };
  }

  private static LeaseAccess.ProviderAccess provider(JsonNode permission) {
    String provider = permission.get("provider").stringValue();
    return switch (permission.get("access").stringValue()) {
      case "full" -> new LeaseAccess.FullAtProvider(provider);
      case "scoped" -> new LeaseAccess.ScopedAtProvider(provider, scopes(permission));
      default ->
          new LeaseAccess.GranularAtProvider(
              provider,
              permission
                  .get("deployments")
                  .valueStream()
                  .map(LeaseAccessJson::deployment)
                  .toList());
    };
  }

  private static LeaseAccess.DeploymentAccess deployment(JsonNode deployment) {
    return new LeaseAccess.DeploymentAccess(
        deployment.get("dseq").longValue(),
        sequence(deployment, "gseq"),
        sequence(deployment, "oseq"),
        scopes(deployment),
        deployment.get("services").valueStream().map(JsonNode::stringValue).toList());
  }

  private static OptionalInt sequence(JsonNode parent, String name) {
    return parent.has(name) ? OptionalInt.of(parent.get(name).intValue()) : OptionalInt.empty();
  }

  private static List<Scope> scopes(JsonNode parent) {
    return parent.get("scope").valueStream().map(JsonNode::stringValue).map(Scope::of).toList();
  }

  /** The claim, with sorted keys. */
  public static SortedMap<String, Object> write(LeaseAccess access) {
    SortedMap<String, Object> claim = new TreeMap<>();
    switch (access) {
      case LeaseAccess.Full() -> claim.put("access", "full");
      case LeaseAccess.Scoped(List<Scope> scopes) -> {
        claim.put("access", "scoped");
        claim.put("scope", texts(scopes));
      }
      case LeaseAccess.Granular(List<LeaseAccess.ProviderAccess> permissions) -> {
        claim.put("access", "granular");
        claim.put("permissions", permissions.stream().map(LeaseAccessJson::claim).toList());
      }
    }
    return claim;
  }

  private static SortedMap<String, Object> claim(LeaseAccess.ProviderAccess access) {
    SortedMap<String, Object> claim = new TreeMap<>();
    claim.put("provider", access.provider());
    switch (access) {
      case LeaseAccess.FullAtProvider full -> claim.put("access", "full");
      case LeaseAccess.ScopedAtProvider scoped -> {
        claim.put("access", "scoped");
        claim.put("scope", texts(scoped.scopes()));
      }
      case LeaseAccess.GranularAtProvider granular -> {
        claim.put("access", "granular");
        claim.put(
            "deployments", granular.deployments().stream().map(LeaseAccessJson::claim).toList());
      }
    }
    return claim;
  }

  private static SortedMap<String, Object> claim(LeaseAccess.DeploymentAccess access) {
    SortedMap<String, Object> claim = new TreeMap<>();
    claim.put("dseq", access.dseq());
    access.gseq().ifPresent(gseq -> claim.put("gseq", gseq));
    access.oseq().ifPresent(oseq -> claim.put("oseq", oseq));
    claim.put("scope", texts(access.scopes()));
    claim.put("services", access.services());
    return claim;
  }

  private static List<String> texts(List<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }
}
