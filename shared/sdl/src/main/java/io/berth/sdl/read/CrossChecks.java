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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The rules that tie an SDL's parts together. */
final class CrossChecks {
  private final Problems problems;
  private final Field root;
  private final Document document;
  private final Map<String, Field> sections;
  private final Layout layout;

  CrossChecks(
      Problems problems,
      Field root,
      Document document,
      Map<String, Field> sections,
      Layout layout) {
    this.problems = problems;
    this.root = root;
    this.document = document;
    this.sections = sections;
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

  /** The place of a named part, for reports: the part's own field, or its section's. */
  private Field at(String section, String name) {
    Field field = sections.getOrDefault(section, root);
    return field.value() instanceof io.berth.sdl.yaml.YamlValue.Mapping mapping
            && mapping.entries().containsKey(name)
        ? field.entries().get(name)
        : field;
  }

  private void deployments() {
    document
        .deployment()
        .forEach(
            (service, placements) -> {
              Field field = at("deployment", service);
              if (!document.services().containsKey(service)) {
                field.report(
                    "unknown-service",
                    "Service \""
                        + service
                        + "\" is deployed but not defined at \"/services\" section.");
              }
              placements.forEach((placement, placed) -> placed(field, service, placement, placed));
            });
  }

  private void placed(Field field, String service, String placementName, Placed placed) {
    Placement placement = document.placements().get(placementName);
    if (placement == null) {
      field.report(
          "unknown-placement",
          "The placement \"" + placementName + "\" is not defined in the \"placement\" section.");
    } else if (!placement.pricing().containsKey(placed.profile())) {
      field.report(
          "unknown-price",
          "The pricing for the \""
              + placed.profile()
              + "\" profile is not defined in the \""
              + placementName
              + "\" placement.");
    }
    Compute compute = document.compute().get(placed.profile());
    if (compute == null) {
      field.report(
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
    Field field = at("services", service.name());
    SortedMap<String, Mount> mounts = service.params().map(Params::storage).orElseGet(TreeMap::new);
    Map<String, String> byPath = new HashMap<>();
    mounts.forEach(
        (name, mount) -> {
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
            field.report(
                "mount-twice",
                "Mount \"" + mount.path() + "\" already in use by volume \"" + other + "\".");
          }
          if (mount.readOnly()
              && document.mergesProfiles()
              && volume.flatMap(Volume::storageClass).equals(Optional.of("ram"))) {
            field.report(
                "ram-read-only", "\"ram\" storage \"" + name + "\" cannot be mounted read-only.");
          }
        });
    compute.storage().stream()
        .filter(volume -> volume.isPersistent() && !mounts.containsKey(volume.name()))
        .forEach(
            volume ->
                field.report(
                    "mount-required",
                    "Persistent storage \""
                        + volume.name()
                        + "\" requires a mount path in /services/"
                        + service.name()
                        + "/params/storage/"
                        + volume.name()
                        + "/mount."));
  }

  private void deployed(Service service) {
    if (!document.deployment().containsKey(service.name())) {
      at("services", service.name())
          .report(
              "not-deployed",
              "Service \"" + service.name() + "\" is not defined at \"/deployment\" section.");
    }
  }

  private void endpointUse(SortedMap<String, Field> endpoints) {
    Set<String> used = new HashSet<>();
    Map<String, String> portsInUse = new HashMap<>();
    for (Service service : document.services().values()) {
      Field field = at("services", service.name());
      for (Expose expose : service.expose()) {
        for (Expose.To to : expose.to()) {
          if (to.ip().isEmpty()) {
            continue;
          }
          used.add(to.ip());
          if (!endpoints.containsKey(to.ip())) {
            field.report(
                "unknown-endpoint",
                "Unknown endpoint \""
                    + to.ip()
                    + "\" for service \""
                    + service.name()
                    + "\". Add it to the \"endpoints\" section.");
          }
          String port =
              "IP endpoint \""
                  + to.ip()
                  + "\" port "
                  + expose.externalPort()
                  + " protocol "
                  + expose.protocol();
          String other = portsInUse.putIfAbsent(port, service.name());
          if (other != null) {
            field.report("endpoint-port", port + " already in use by service \"" + other + "\".");
          }
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

  /** A manifest names each host once, so an expose entry with hosts may come into it once only. */
  private void hosts() {
    Set<String> seen = new HashSet<>();
    for (Service service : document.services().values()) {
      int placements = document.deployment().getOrDefault(service.name(), new TreeMap<>()).size();
      for (Expose expose : service.expose()) {
        boolean repeated =
            layout == Layout.GO && Math.max(1, placements) * Math.max(1, expose.to().size()) > 1;
        for (String host : expose.accept()) {
          if (!seen.add(host) || repeated) {
            at("services", service.name())
                .report("hostname-twice", "Host \"" + host + "\" is accepted more than once.");
          }
        }
      }
    }
  }

  private void gpuForTee(Service service, Compute compute) {
    boolean wantsGpu = service.params().flatMap(Params::tee).equals(Optional.of("cpu-gpu"));
    if (wantsGpu && compute.gpu().units().signum() == 0) {
      at("services", service.name())
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
                                .forEach(placement -> tee(teeByPlacement, placement, tee))));
  }

  private void tee(Map<String, String> teeByPlacement, String placement, String tee) {
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
      sections
          .getOrDefault("deployment", root)
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
      sections
          .getOrDefault("services", root)
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
      sections
          .getOrDefault("profiles", root)
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
