package io.berth.local.providers.token;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a verified caller may do with the leases of its own account. */
public sealed interface Access {

  /** Everything, as a certificate or an unrestricted token gives. */
  record Full() implements Access {}

  /** Some actions on all leases. */
  record Scoped(Set<Scope> scopes) implements Access {}

  /** Different rights with different providers. */
  record Granular(List<Permission> permissions) implements Access {}

  /**
   * The rights with one provider.
   *
   * @param access anything but granular
   */
  record Permission(String provider, ProviderAccess access) {}

  /** Rights with one provider. */
  sealed interface ProviderAccess {

    /** Everything. */
    record All() implements ProviderAccess {}

    /** Some actions on all leases with this provider. */
    record Some(Set<Scope> scopes) implements ProviderAccess {}

    /** Some actions on some leases. */
    record OfDeployments(List<DeploymentRight> deployments) implements ProviderAccess {}
  }

  /**
   * Some actions on a deployment's leases. The token's list of services is not enforced by
   * providers, so it is not kept.
   *
   * @param gseq 0 for any
   * @param oseq 0 for any
   */
  record DeploymentRight(long dseq, long gseq, long oseq, Set<Scope> scopes) {
    boolean covers(long otherDseq, long otherGseq, long otherOseq) {
      return dseq == otherDseq
          && (gseq == 0 || gseq == otherGseq)
          && (oseq == 0 || oseq == otherOseq);
    }
  }

  /** Whether the caller may turn to this provider at all. */
  default boolean allowsProvider(String provider) {
    return switch (this) {
      case Full _, Scoped _ -> true;
      case Granular granular ->
          granular.permissions().stream().anyMatch(each -> each.provider().equals(provider));
    };
  }

  /** Whether the caller may do this to a deployment. */
  default boolean allowsDeployment(String provider, long dseq, Scope scope) {
    return allows(provider, scope, right -> right.dseq() == dseq);
  }

  /** Whether the caller may do this to a lease. */
  default boolean allowsLease(String provider, long dseq, long gseq, long oseq, Scope scope) {
    return allows(provider, scope, right -> right.covers(dseq, gseq, oseq));
  }

  private boolean allows(String provider, Scope scope, Predicate<DeploymentRight> covers) {
    return switch (this) {
      case Full _ -> true;
      case Scoped scoped -> scoped.scopes().contains(scope);
      case Granular granular ->
          granular.permissions().stream()
              .filter(each -> each.provider().equals(provider))
              .anyMatch(each -> allows(each.access(), scope, covers));
    };
  }

  private static boolean allows(
      ProviderAccess access, Scope scope, Predicate<DeploymentRight> covers) {
    return switch (access) {
      case ProviderAccess.All _ -> true;
      case ProviderAccess.Some some -> some.scopes().contains(scope);
      case ProviderAccess.OfDeployments of ->
          of.deployments().stream()
              .anyMatch(right -> covers.test(right) && right.scopes().contains(scope));
    };
  }
}
