package io.berth.local.providers.manifest;

import static io.berth.local.providers.manifest.ManifestRules.orEmpty;
import static io.berth.local.providers.manifest.ManifestRules.quote;

import io.berth.local.providers.manifest.Manifest.Attribute;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.Quantity;
import io.berth.local.providers.manifest.Manifest.Service;
import io.berth.local.providers.manifest.Manifest.Volume;
import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import io.berth.proto.akash.base.resources.v1beta4.Endpoint;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a manifest's services use exactly what the deployment's groups on the chain have: the
 * resources by id, and every replica and endpoint of them.
 */
final class GroupFit {
  private final GroupSpec spec;
  private final Map<Long, Unit> units = new LinkedHashMap<>();

  private GroupFit(GroupSpec spec) {
    this.spec = spec;
    for (ResourceUnit unit : spec.getResourcesList()) {
      units.putIfAbsent(Integer.toUnsignedLong(unit.getResource().getId()), new Unit(unit));
    }
  }

  static void check(Manifest manifest, List<GroupSpec> specs) throws ManifestRefusedException {
    if (manifest.groups().size() != specs.size()) {
      throw new ManifestRefusedException(
          Fault.GROUPS,
          "invalid manifest: group count mismatch (%d != %d)"
              .formatted(manifest.groups().size(), specs.size()));
    }
    Map<String, GroupFit> fits = new LinkedHashMap<>();
    specs.forEach(spec -> fits.put(spec.getName(), new GroupFit(spec)));
    for (Group group : manifest.groups()) {
      GroupFit fit = fits.get(group.name());
      if (fit == null) {
        throw new ManifestRefusedException(
            Fault.GROUPS,
            "invalid manifest: unknown deployment group ('%s')".formatted(group.name()));
      }
      for (Service service : group.services()) {
        fit.take(service);
      }
    }
    for (GroupFit fit : fits.values()) {
      fit.checkNothingIsLeft();
    }
  }

  private void take(Service service) throws ManifestRefusedException {
    long id = service.resources().id();
    Unit unit = units.get(id);
    if (unit == null) {
      throw misfit(service, "not found deployment group resources with ID = " + id);
    }
    if (service.count() > unit.count) {
      throw misfit(
          service,
          "over-utilized replicas (%d) > group spec resources count (%d)"
              .formatted(service.count(), unit.count));
    }
    String mismatch = mismatch(service.resources(), unit.resources);
    if (mismatch != null) {
      throw misfit(service, "%s resources mismatch for ID %d".formatted(mismatch, id));
    }
    for (Expose expose : orEmpty(service.expose())) {
      if (expose.global()) {
        takeEndpoint(service, unit, expose.isIngress() ? Way.HTTP : Way.PORT);
        if (!expose.ip().isEmpty()) {
          takeEndpoint(service, unit, Way.IP);
        }
      }
    }
    unit.count -= service.count();
  }

  private void takeEndpoint(Service service, Unit unit, Way way) throws ManifestRefusedException {
    int free = unit.endpoints.getOrDefault(way, 0);
    if (free == 0) {
      throw misfit(
          service,
          "resource ID %d: over-utilized %s endpoints".formatted(service.resources().id(), way));
    }
    unit.endpoints.put(way, free - 1);
  }

  private void checkNothingIsLeft() throws ManifestRefusedException {
    for (Map.Entry<Long, Unit> unit : units.entrySet()) {
      for (Map.Entry<Way, Integer> endpoints : unit.getValue().endpoints.entrySet()) {
        if (endpoints.getValue() > 0) {
          throw underUsed(unit.getKey(), endpoints.getValue(), endpoints.getKey() + " endpoints");
        }
      }
    }
    for (Map.Entry<Long, Unit> unit : units.entrySet()) {
      if (unit.getValue().count > 0) {
        throw underUsed(unit.getKey(), unit.getValue().count, "resources");
      }
    }
  }

  private static String mismatch(Manifest.Resources wanted, Resources onChain) {
    Quantity cpu =
        quantity(onChain.getCpu().getUnits(), attributes(onChain.getCpu().getAttributesList()));
    Quantity gpu =
        quantity(onChain.getGpu().getUnits(), attributes(onChain.getGpu().getAttributesList()));
    Quantity memory =
        quantity(
            onChain.getMemory().getQuantity(), attributes(onChain.getMemory().getAttributesList()));
    if (!normal(wanted.cpu()).equals(cpu)) {
      return "CPU";
    }
    if (!normal(wanted.gpu()).equals(gpu)) {
      return "GPU";
    }
    if (!normal(wanted.memory()).equals(memory)) {
      return "Memory";
    }
    return volumes(wanted.storage()).equals(volumesOnChain(onChain.getStorageList()))
        ? null
        : "Storage";
  }

  private static Quantity normal(Quantity quantity) {
    return new Quantity(quantity.value(), orEmpty(quantity.attributes()));
  }

  private static Quantity quantity(ResourceValue value, List<Attribute> attributes) {
    return new Quantity(integer(value), attributes);
  }

  private static List<Volume> volumes(List<Volume> volumes) {
    List<Volume> normal = new ArrayList<>();
    for (Volume volume : orEmpty(volumes)) {
      normal.add(new Volume(volume.name(), volume.size(), orEmpty(volume.attributes())));
    }
    return normal;
  }

  private static List<Volume> volumesOnChain(List<Storage> storage) {
    return storage.stream()
        .map(
            volume ->
                new Volume(
                    volume.getName(),
                    integer(volume.getQuantity()),
                    attributes(volume.getAttributesList())))
        .toList();
  }

  private static List<Attribute> attributes(
      List<io.berth.proto.akash.base.attributes.v1.Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue()))
        .toList();
  }

  private static BigInteger integer(ResourceValue value) {
    String digits = value.getVal().toStringUtf8();
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }

  private ManifestRefusedException misfit(Service service, String text) {
    return refused("service %s: %s".formatted(quote(service.name()), text));
  }

  private ManifestRefusedException underUsed(long id, long amount, String what) {
    return refused("resources ID (%d): under-utilized (%d) %s".formatted(id, amount, what));
  }

  private ManifestRefusedException refused(String text) {
    return new ManifestRefusedException(
        Fault.CROSS_VALIDATION,
        "manifest cross-validation error: group %s: %s".formatted(quote(spec.getName()), text));
  }

  /** The kinds of endpoint, by the names that providers give them. */
  private enum Way {
    HTTP,
    PORT,
    IP
  }

  /** What of a resource unit no service has taken yet. */
  private static final class Unit {
    final Resources resources;
    final Map<Way, Integer> endpoints = new EnumMap<>(Way.class);
    long count;

    Unit(ResourceUnit unit) {
      resources = unit.getResource();
      count = Integer.toUnsignedLong(unit.getCount());
      for (Endpoint endpoint : resources.getEndpointsList()) {
        switch (endpoint.getKind()) {
          case SHARED_HTTP -> endpoints.merge(Way.HTTP, 1, Integer::sum);
          case RANDOM_PORT -> endpoints.merge(Way.PORT, 1, Integer::sum);
          case LEASED_IP -> endpoints.merge(Way.IP, 1, Integer::sum);
          case UNRECOGNIZED -> {}
        }
      }
    }
  }
}
