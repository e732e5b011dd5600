package io.berth.sdl.layout;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Cpu;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.Gpu;
import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.Memory;
import io.berth.sdl.group.PlacementRequirements;
import io.berth.sdl.group.Price;
import io.berth.sdl.group.ResourceUnit;
import io.berth.sdl.group.Resources;
import io.berth.sdl.group.Storage;
import io.berth.sdl.layout.PlannedGroup.PlannedService;
import io.berth.sdl.model.Compute;
import io.berth.sdl.model.Compute.Volume;
import io.berth.sdl.model.Document;
import io.berth.sdl.model.Document.Placed;
import io.berth.sdl.model.Placement;
import io.berth.sdl.model.Service;
import io.berth.sdl.model.Service.Params;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lays services out in groups and resource units (chain-protocol.md §4.7). */
final class GroupBuilder {
  private final Document document;
  private final Rules rules;
  private final Exposures exposures;

  GroupBuilder(Document document, Rules rules, Exposures exposures) {
    this.document = document;
    this.rules = rules;
    this.exposures = exposures;
  }

  /** A service that some placement holds. */
  private record Member(Service service, Placed placed, Compute compute) {}

  /** Groups by ascending placement name. */
  List<PlannedGroup> groups() {
    Map<String, List<Member>> members = new TreeMap<>();
    document
        .deployment()
        .forEach(
            (service, placements) ->
                placements.forEach(
                    (placement, placed) ->
                        members
                            .computeIfAbsent(placement, name -> new ArrayList<>())
                            .add(
                                new Member(
                                    document.services().get(service),
                                    placed,
                                    document.compute().get(placed.profile())))));
    return members.entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .toList();
  }

  private PlannedGroup group(String name, List<Member> members) {
    Placement placement = document.placements().get(name);
    Map<Object, List<Member>> units = new LinkedHashMap<>();
    for (Member member : members) {
      Object unit = document.mergesProfiles() ? member.placed().profile() : member;
      units.computeIfAbsent(unit, key -> new ArrayList<>()).add(member);
    }
    List<ResourceUnit> resources = new ArrayList<>();
    List<PlannedService> services = new ArrayList<>();
    for (List<Member> unit : units.values()) {
      int id = resources.size() + 1;
      resources.add(unit(id, unit, placement));
      unit.forEach(member -> services.add(planned(id, member)));
    }
    services.sort(
        Comparator.comparing(
            (PlannedService planned) -> planned.service().name(), rules.textOrder()));
    return new PlannedGroup(
        new GroupSpec(name, requirements(placement, members), resources), services);
  }

  private PlacementRequirements requirements(Placement placement, List<Member> members) {
    Optional<Attribute> tee =
        members.stream()
            .flatMap(member -> member.service().params().flatMap(Params::tee).stream())
            .findFirst()
            .map(type -> new Attribute("tee/type", type));
    return new PlacementRequirements(
        placement.signedBy(),
        sorted(Stream.concat(placement.attributes().stream(), tee.stream()).toList()));
  }

  private ResourceUnit unit(int id, List<Member> members, Placement placement) {
    Member first = members.getFirst();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Member member : members) {
      exposures
          .sorted(member.service())
          .forEach(exposure -> endpoints.addAll(exposure.endpoints()));
    }
    Price price = placement.pricing().get(first.placed().profile());
    return new ResourceUnit(
        resources(id, first.compute(), ordered(endpoints)),
        members.stream().mapToInt(member -> member.placed().count()).sum(),
        price);
  }

  /** Go leaves the endpoints of SDL 2.0 as the exposures come, each pair by number. */
  private List<Endpoint> ordered(List<Endpoint> endpoints) {
    return document.mergesProfiles()
        ? endpoints.stream().sorted(rules.endpointOrder()).toList()
        : endpoints;
  }

  private PlannedService planned(int id, Member member) {
    List<Exposure> order =
        rules.keepsEndpointOrder()
            ? exposures.inDocumentOrder(member.service())
            : exposures.sorted(member.service());
    List<Endpoint> endpoints = new ArrayList<>();
    order.forEach(exposure -> endpoints.addAll(exposure.endpoints()));
    return new PlannedService(
        member.service(), resources(id, member.compute(), endpoints), member.placed().count());
  }

  private Resources resources(int id, Compute compute, List<Endpoint> endpoints) {
    return new Resources(
        id,
        new Cpu(compute.milliCpu(), sorted(compute.cpuAttributes())),
        new Memory(rules.wholeBytes(compute.memoryBytes()), List.of()),
        rules.ordered(compute.storage()).stream().map(this::volume).toList(),
        new Gpu(compute.gpu().units(), gpuAttributes(compute.gpu())),
        endpoints);
  }

  private Storage volume(Volume volume) {
    List<Attribute> attributes = new ArrayList<>();
    volume
        .storageClass()
        .ifPresent(storageClass -> attributes.add(new Attribute("class", storageClass)));
    volume
        .persistent()
        .ifPresent(
            persistent ->
                attributes.add(new Attribute("persistent", Boolean.toString(persistent))));
    return new Storage(volume.name(), rules.wholeBytes(volume.bytes()), attributes);
  }

  private List<Attribute> gpuAttributes(Compute.Gpu gpu) {
    if (gpu.units().signum() == 0) {
      return List.of();
    }
    List<String> keys =
        gpu.models()
            .filter(models -> !models.isEmpty() || !rules.isEmptyAnyModel())
            .map(models -> models.stream().map(rules::gpuKey).toList())
            .orElse(List.of("vendor/nvidia/model/*"));
    return (rules.sortsGpuKeys() ? keys.stream().sorted() : keys.stream())
        .map(key -> new Attribute(key, "true"))
        .toList();
  }

  private List<Attribute> sorted(List<Attribute> attributes) {
    List<Attribute> sorted = new ArrayList<>(attributes);
    sorted.sort(Comparator.comparing(Attribute::key, rules.textOrder()));
    return sorted;
  }
}
