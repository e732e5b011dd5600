package io.berth.sdl;

import io.berth.sdl.group.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an SDL becomes: groups for the chain, a manifest for the providers, and the hash that ties
 * them. All three come from one {@link Layout}.
 *
 * @param groups ordered by name; position + 1 is the gseq
 * @param services the names of each group's services, by name, in the order of the groups
 * @param manifest the exact text that is hashed: JSON with sorted keys and Go's escapes
 * @param hash lower-case hexadecimal SHA-256 of {@code manifest} in UTF-8 (64 characters)
 * @param reclamationWindow the least time a provider must give before it takes resources back
 */
public record DeploymentPlan(
    Layout layout,
    List<GroupSpec> groups,
    List<List<String>> services,
    String manifest,
    String hash,
    Optional<Duration> reclamationWindow) {
  public DeploymentPlan {
    groups = List.copyOf(groups);
    services = services.stream().map(List::copyOf).toList();
  }
}
