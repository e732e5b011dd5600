package io.berth.sdl.read;

import io.berth.sdl.Layout;
import io.berth.sdl.model.Compute;
import io.berth.sdl.model.Compute.Volume;
import io.berth.sdl.model.Document;
import io.berth.sdl.model.Document.Placed;
import io.berth.sdl.model.Expose;
import io.berth.sdl.model.Placement;
import io.berth.sdl.model.Service;
import io.berth.sdl.model.Service.Mount;
import io.berth.sdl.model.Service.Params;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The rules that tie an SDL's parts together. */
final class CrossChecks {
  private final Problems problems;
  private final Field root;
  private final Document document;
  private final Layout layout;

  CrossChecks(Problems problems, Field root, Document document, Layout layout) {
    this.problems = problems;
    this.root = root;
    this.document = document;
    this.layout = layout;
  }

  void check(SortedMap<String, Field> endpoints) {
    deployments();
    document.services().values().forEach(this::deployed);
    endpointUse(endpoints);
    hosts();
    trustedExecution();
    if (layout == Layout.GO) {
      oneDenomination();
      groupTotals();
      globalExpose();
    }
  }

  /** The place to report: as far down this path as the document goes. */
  private Field at(String... path) {
    Field field = root;
    for (String name : path) {
      Optional<Field> part = field.part(name);
      if (part.isEmpty()) {
        return field;
      }
      field = part.get();
    }
    return field;
  }

  private void deployments() {
    document
        .deployment()
        .forEach(
            (service, placements) -> {
              if (!document.services().containsKey(service)) {
                at("deployment", service)
                    .report(
                        "unknown-service",
                        "Service \""
                            + service
                            + "\" is deployed but not defined at \"/services\" section.");
              }
              placements.forEach((placement, placed) -> placed(service, placement, placed));
            });
  }

  private void placed(String service, String placementName, Placed placed) {
    Placement placement = document.placements().get(placementName);
    if (placement == null) {
      at("deployment", service, placementName)
          .report(
              "unknown-placement",
              "The placement \""
                  + placementName
                  + "\" is not defined in the \"placement\" section.");
    } else if (!placement.pricing().containsKey(placed.profile())) {
      at("deployment", service, placementName, "profile")
          .report(
              "unknown-price",
              "The pricing for the \""
                  + placed.profile()
                  + "\" profile is not defined in the \""
                  + placementName
                  + "\" placement.");
    }
    Compute compute = document.compute().get(placed.profile());
    if (compute == null) {
      at("deployment", service, placementName, "profile")
          .report(
              "unknown-profile",
              "The compute requirements for the \""
                  + placed.profile()
                  + "\" profile are not defined in the \"compute\" section.");
    }
    if (document.services().containsKey(service) && compute != null) {
      volumes(document.services().get(service), compute);
      gpuForTee(document.services().get(service), compute);
    }
  }

  private void volumes(Service service, Compute compute) {
    SortedMap<String, Mount> mounts = service.params().map(Params::storage).orElseGet(TreeMap::new);
    Map<String, String> byPath = new HashMap<>();
    mounts.forEach(
        (name, mount) -> {
          Field field = at("services", service.name(), "params", "storage", name);
          Optional<Volume> volume =
              compute.storage().stream().filter(found -> found.name().equals(name)).findFirst();
          if (volume.isEmpty()) {
            field.report(
                "unknown-volume",
                "Service \""
                    + service.name()
                    + "\" references non-existing compute volume \""
                    + name
                    + "\".");
          }
          String other = byPath.putIfAbsent(mount.path(), name);
          if (other != null) {
            at("services", service.name(), "params", "storage", name, "mount")
                .report(
                    "mount-twice",
                    mount.path().isEmpty()
                        ? "Multiple root ephemeral storages are not allowed."
                        : "Mount \""
                            + mount.path()
                            + "\" already in use by volume \""
                            + other
                            + "\".");
          }
          if (mount.readOnly()
              && document.mergesProfiles()
              && volume.flatMap(Volume::storageClass).equals(Optional.of("ram"))) {
            field.report(
                "ram-read-only", "\"ram\" storage \"" + name + "\" cannot be mounted read-only.");
          }
        });
    compute.storage().stream()
        .filter(volume -> volume.isPersistent() && !isMounted(mounts.get(volume.name())))
        .forEach(
            volume ->
                at("services", service.name(), "params", "storage")
                    .report(
                        "mount-required",
                        "Persistent storage \""
                            + volume.name()
                            + "\" requires a mount path in /services/"
                            + service.name()
                            + "/params/storage/"
                            + volume.name()
                            + "/mount."));
  }

  private static boolean isMounted(Mount mount) {
    return mount != null && !mount.path().isEmpty();
  }

  private void deployed(Service service) {
    if (!document.deployment().containsKey(service.name())) {
      at("services", service.name())
          .report(
              "not-deployed",
              "Service \"" + service.name() + "\" is not defined at \"/deployment\" section.");
    }
  }

  /** One {@code to} of an expose entry, and where it stands. */
  private record Target(Service service, Expose expose, Expose.To to, List<String> path) {}

  private static List<Target> targets(Service service) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < service.expose().size(); i++) {
      Expose expose = service.expose().get(i);
      for (int j = 0; j < expose.to().size(); j++) {
        List<String> path =
            List.of(
                "services", service.name(), "expose", String.valueOf(i), "to", String.valueOf(j));
        targets.add(new Target(service, expose, expose.to().get(j), path));
      }
    }
    return targets;
  }

  private Field at(Target target, String name) {
    return at(Stream.concat(target.path().stream(), Stream.of(name)).toArray(String[]::new));
  }

  private void endpointUse(SortedMap<String, Field> endpoints) {
    Set<String> used = new HashSet<>();
    Map<String, String> portsInUse = new HashMap<>();
    for (Service service : document.services().values()) {
      for (Target target : targets(service)) {
        if (!target.to().ip().isEmpty()) {
          used.add(target.to().ip());
          address(target, endpoints.keySet(), portsInUse);
        }
      }
    }
    endpoints.forEach(
        (name, field) -> {
          if (!used.contains(name)) {
            field.report("endpoint-unused", "Endpoint \"" + name + "\" declared but never used.");
          }
        });
  }

  private void address(Target target, Set<String> declared, Map<String, String> portsInUse) {
    String ip = target.to().ip();
    String service = target.service().name();
    if (!declared.contains(ip)) {
      at(target, "ip")
          .report(
              "unknown-endpoint",
              "Unknown endpoint \""
                  + ip
                  + "\" for service \""
                  + service
                  + "\". Add it to the \"endpoints\" section.");
    }
    String port =
        "IP endpoint \""
            + ip
            + "\" port "
            + target.expose().externalPort()
            + " protocol "
            + target.expose().protocol();
    String other = portsInUse.putIfAbsent(port, service);
    if (layout == Layout.GO) {
      other =
          Optional.ofNullable(portsInUse.putIfAbsent(asGoSeesIt(target), service)).orElse(other);
      other = placements(target.service()) > 1 ? service : other;
    }
    if (other != null) {
      at(target, "ip")
          .report("endpoint-port", port + " already in use by service \"" + other + "\".");
    }
  }

  /**
   * Go compares {@code as} and {@code proto} as they are written: without {@code as}, two ports of
   * one address are one to it. It does so once for each placement of the service.
   */
  private String asGoSeesIt(Target target) {
    String protocol =
        at(target.path().subList(0, 4).toArray(String[]::new))
            .part("proto")
            .map(Field::text)
            .orElse("");
    return String.join("/", target.to().ip(), String.valueOf(target.expose().as()), protocol);
  }

  private int placements(Service service) {
    return document.deployment().getOrDefault(service.name(), new TreeMap<>()).size();
  }

  /** A manifest names each host once, so an expose entry with hosts may come into it once only. */
  private void hosts() {
    Set<String> seen = new HashSet<>();
    for (Service service : document.services().values()) {
      int placements = placements(service);
      for (int i = 0; i < service.expose().size(); i++) {
        Expose expose = service.expose().get(i);
        List<String> accept = expose.accept().orElse(List.of());
        boolean repeated =
            layout == Layout.GO && Math.max(1, placements) * Math.max(1, expose.to().size()) > 1;
        for (int j = 0; j < accept.size(); j++) {
          if (!seen.add(accept.get(j)) || repeated) {
            at("services", service.name(), "expose", String.valueOf(i), "accept", String.valueOf(j))
                .report(
                    "hostname-twice", "Host \"" + accept.get(j) + "\" is accepted more than once.");
          }
        }
      }
    }
  }

  private void gpuForTee(Service service, Compute compute) {
    boolean wantsGpu = service.params().flatMap(Params::tee).equals(Optional.of("cpu-gpu"));
    if (wantsGpu && compute.gpu().units().signum() == 0) {
      at("services", service.name(), "params", "tee")
          .report("tee-gpu", "Service \"" + service.name() + "\" tee type requires gpu resources.");
    }
  }

  private void trustedExecution() {
    Map<String, String> teeByPlacement = new TreeMap<>();
    document
        .deployment()
        .forEach(
            (name, placements) ->
                Optional.ofNullable(document.services().get(name))
                    .flatMap(Service::params)
                    .flatMap(Params::tee)
                    .ifPresent(
                        tee ->
                            placements
                                .keySet()
                                .forEach(placement -> tee(teeByPlacement, name, placement, tee))));
  }

  private void tee(
      Map<String, String> teeByPlacement, String service, String placement, String tee) {
    String other = teeByPlacement.putIfAbsent(placement, tee);
    boolean written =
        Optional.ofNullable(document.placements().get(placement)).stream()
            .flatMap(found -> found.attributes().stream())
            .anyMatch(attribute -> attribute.key().equals("tee/type"));
    if (written) {
      at("profiles", "placement")
          .report(
              "tee-attribute",
              "Placement \"" + placement + "\" has the attribute tee/type, which params.tee sets.");
    }
    if (other != null && !Objects.equals(other, tee)) {
      at("deployment", service, placement)
          .report(
              "tee-conflict",
              "conflicting tee types in placement group \""
                  + placement
                  + "\": \""
                  + other
                  + "\" and \""
                  + tee
                  + "\"");
    }
  }

  /** Providers refuse a manifest that nobody outside can reach. */
  private void globalExpose() {
    boolean reachable =
        document.services().values().stream()
            .flatMap(service -> service.expose().stream())
            .flatMap(expose -> expose.to().stream())
            .anyMatch(Expose.To::global);
    if (!reachable && problems.isEmpty()) {
      at("services")
          .report("no-global", "At least one service must be exposed with \"global: true\".");
    }
  }

  /** The chain takes one denomination for a whole deployment. */
  private void oneDenomination() {
    Set<String> denominations = new TreeSet<>();
    forEachPlaced(
        (placement, placed) ->
            Optional.ofNullable(document.placements().get(placement))
                .map(found -> found.pricing().get(placed.profile()))
                .ifPresent(price -> denominations.add(price.denom())));
    if (denominations.size() > 1) {
      at("profiles")
          .report(
              "one-denom",
              "All prices must be in one denomination, not in "
                  + String.join(" and ", denominations)
                  + ".");
    }
  }

  /** What the chain allows a group in all (chain-protocol.md §4.4). */
  private void groupTotals() {
    Map<String, GroupTotal> totals = new TreeMap<>();
    forEachPlaced(
        (placement, placed) ->
            Optional.ofNullable(document.compute().get(placed.profile()))
                .ifPresent(
                    compute ->
                        totals.merge(
                            placement, GroupTotal.of(compute, placed.count()), GroupTotal::plus)));
    totals.forEach(
        (placement, total) ->
            total
                .excess()
                .ifPresent(
                    excess ->
                        at("deployment", placement)
                            .report(
                                "group-total",
                                "Placement group \"" + placement + "\" asks for " + excess + ".")));
  }

  private void forEachPlaced(BiConsumer<String, Placed> action) {
    document.deployment().values().forEach(placements -> placements.forEach(action));
  }
}
