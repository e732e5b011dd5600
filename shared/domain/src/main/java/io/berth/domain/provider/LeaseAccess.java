package io.berth.domain.provider;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code leases} claim: what a token allows on which leases. Only what AEP-64's schema allows
 * can be made; anything else is an {@link IllegalArgumentException}.
 */
public sealed interface LeaseAccess {

  /** Everything on all leases of the owner. */
  record Full() implements LeaseAccess {}

  /** Some things on all leases of the owner. */
  record Scoped(List<Scope> scopes) implements LeaseAccess {
    public Scoped {
      scopes = List.copyOf(scopes);
      requireSomeAndDistinct(scopes, "scopes");
    }
  }

  /** Leases with the named providers only. */
  record Granular(List<ProviderAccess> permissions) implements LeaseAccess {
    public Granular {
      permissions = List.copyOf(permissions);
      requireSomeAndDistinct(
          permissions.stream().map(ProviderAccess::provider).toList(), "providers");
    }
  }

  /** What is allowed on the leases with one provider. */
  sealed interface ProviderAccess {

    /** The provider's bech32 address. */
    String provider();
  }

  /** Everything on all leases with the provider. */
  record FullAtProvider(String provider) implements ProviderAccess {
    public FullAtProvider {
      requireAddress(provider);
    }
  }

  /** Some things on all leases with the provider. */
  record ScopedAtProvider(String provider, List<Scope> scopes) implements ProviderAccess {
    public ScopedAtProvider {
      requireAddress(provider);
      scopes = List.copyOf(scopes);
      requireSomeAndDistinct(scopes, "scopes");
    }
  }

  /** Some things on some leases with the provider. */
  record GranularAtProvider(String provider, List<DeploymentAccess> deployments)
      implements ProviderAccess {
    public GranularAtProvider {
      requireAddress(provider);
      deployments = List.copyOf(deployments);
      requireSomeAndDistinct(deployments, "deployments");
    }
  }

  /**
   * Some things on the leases of one deployment.
   *
   * @param dseq from 1
   * @param gseq one group only, from 1; empty for all
   * @param oseq one order of that group only, from 1; needs {@code gseq}
   * @param services names of the SDL
   */
  record DeploymentAccess(
      long dseq, OptionalInt gseq, OptionalInt oseq, List<Scope> scopes, List<String> services) {
    public DeploymentAccess {
      scopes = List.copyOf(scopes);
      services = List.copyOf(services);
      require(dseq >= 1, "dseq counts from 1");
      require(gseq.orElse(1) >= 1 && oseq.orElse(1) >= 1, "gseq and oseq count from 1");
      require(oseq.isEmpty() || gseq.isPresent(), "oseq needs gseq");
      requireSomeAndDistinct(scopes, "scopes");
      requireSomeAndDistinct(services, "services");
      require(services.stream().noneMatch(String::isEmpty), "a service has a name");
    }
  }

  /** AEP-64's pattern of an account address. */
  Pattern ADDRESS = Pattern.compile("akash1[a-z0-9]{38}");

  private static void requireAddress(String provider) {
    require(ADDRESS.matcher(provider).matches(), "not a provider's address");
  }

  private static void requireSomeAndDistinct(List<?> items, String what) {
    Set<Object> seen = new HashSet<>();
    require(!items.isEmpty(), "no " + what);
    require(items.stream().allMatch(seen::add), what + " repeat");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
