package io.berth.sdl;

import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.ResourceUnit;
import io.berth.sdl.group.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an SDL would mean for a deployment that is on the chain. Groups never change there, so a
 * provider takes a new manifest only if it fits them: the same groups, and in each the same
 * resource ids, resources, counts and endpoints (chain-protocol.md §4.9). Prices and requirements
 * are not looked at: they count only when bids are made. Attributes and volumes are compared in
 * order: both SDKs sort them, each in its way, and a provider compares them so.
 */
public sealed interface UpdateCheck {

  /** The manifest is the one on the chain; providers may be sent it again. */
  record Same(DeploymentPlan plan) implements UpdateCheck {}

  /** A new manifest for the same groups: the hash changes on the chain, then providers get it. */
  record ManifestOnly(DeploymentPlan plan) implements UpdateCheck {}

  /**
   * Providers would refuse it: this takes a new deployment.
   *
   * @param differences readable, one for each thing that differs
   */
  record ResourcesChanged(List<String> differences) implements UpdateCheck {
    public ResourcesChanged {
      differences = List.copyOf(differences);
    }
  }

  /** The SDL itself is invalid. */
  record Invalid(List<Problem> problems) implements UpdateCheck {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Checks an SDL against a deployment. The plan is in the layout that fits the groups, as another
   * client may have made the deployment; if both fit, in the one whose hash is on the chain, else
   * in Go's. An SDL that is valid in one layout only is checked in that one.
   *
   * @param options its layout is not used
   * @param onChain the deployment's groups, by gseq
   * @param hash lower-case hexadecimal
   */
  static UpdateCheck of(String sdl, SdlOptions options, List<GroupSpec> onChain, String hash) {
    List<Problem> problems = new ArrayList<>();
    List<DeploymentPlan> plans = new ArrayList<>();
    for (Layout layout : List.of(Layout.GO, Layout.CONSOLE)) {
      switch (Sdl.plan(sdl, new SdlOptions(layout, options.denom(), options.auditors()))) {
        case SdlResult.Valid(DeploymentPlan plan) -> plans.add(plan);
        case SdlResult.Invalid(List<Problem> found) -> {
          if (layout == Layout.GO) {
            problems.addAll(found);
          }
        }
      }
    }
    if (plans.isEmpty()) {
      return new Invalid(problems);
    }
    List<DeploymentPlan> fitting =
        plans.stream().filter(plan -> differences(onChain, plan.groups()).isEmpty()).toList();
    Optional<DeploymentPlan> same =
        fitting.stream().filter(plan -> plan.hash().equals(hash)).findFirst();
    if (same.isPresent()) {
      return new Same(same.get());
    }
    return fitting.isEmpty()
        ? new ResourcesChanged(differences(onChain, plans.getFirst().groups()))
        : new ManifestOnly(fitting.getFirst());
  }

  private static List<String> differences(List<GroupSpec> onChain, List<GroupSpec> wanted) {
    Map<String, GroupSpec> before = byName(onChain);
    Map<String, GroupSpec> after = byName(wanted);
    List<String> differences = new ArrayList<>();
    before.forEach(
        (name, group) -> {
          if (after.containsKey(name)) {
            differences.addAll(differences(group, after.get(name)));
          } else {
            differences.add("group " + name + " is missing");
          }
        });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> differences.add("group " + name + " is new"));
    return differences;
  }

  private static Map<String, GroupSpec> byName(List<GroupSpec> groups) {
    return groups.stream()
        .collect(
            Collectors.toMap(
                GroupSpec::name, Function.identity(), (first, second) -> first, TreeMap::new));
  }

  private static List<String> differences(GroupSpec before, GroupSpec after) {
    if (before.resources().size() != after.resources().size()) {
      return List.of(
          "group %s has %d resource units on the chain, %d in the SDL"
              .formatted(before.name(), before.resources().size(), after.resources().size()));
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < before.resources().size(); i++) {
      ResourceUnit old = before.resources().get(i);
      ResourceUnit fresh = after.resources().get(i);
      String where = "group " + before.name() + ", resource " + old.resources().id() + ": ";
      if (old.count() != fresh.count()) {
        differences.add(
            where + "count is " + old.count() + " on the chain, " + fresh.count() + " in the SDL");
      }
      differences(old.resources(), fresh.resources())
          .forEach(found -> differences.add(where + found));
    }
    return differences;
  }

  private static List<String> differences(Resources before, Resources after) {
    List<String> differences = new ArrayList<>();
    compare(differences, "id", before.id(), after.id());
    compare(differences, "cpu", before.cpu(), after.cpu());
    compare(differences, "memory", before.memory(), after.memory());
    compare(differences, "storage", before.storage(), after.storage());
    compare(differences, "gpu", before.gpu(), after.gpu());
    compare(differences, "endpoints", before.endpoints(), after.endpoints());
    return differences;
  }

  private static void compare(List<String> differences, String name, Object before, Object after) {
    if (!before.equals(after)) {
      differences.add(name + " is " + before + " on the chain, " + after + " in the SDL");
    }
  }
}
