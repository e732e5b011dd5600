package io.berth.sdl;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.ResourceUnit;
import io.berth.sdl.group.Storage;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a group asks for in all, its replicas added up.
 *
 * @param milliCpu thousandths of a core
 * @param memoryBytes bytes
 * @param storageBytes bytes by storage class; {@code ephemeral} for volumes that end with the
 *     replica
 * @param gpus whole devices
 * @param endpoints number of endpoints by kind; replicas share theirs
 */
public record GroupSummary(
    String name,
    int replicas,
    BigInteger milliCpu,
    BigInteger memoryBytes,
    SortedMap<String, BigInteger> storageBytes,
    BigInteger gpus,
    Map<Endpoint.Kind, Integer> endpoints) {

  /** The summary of a group. */
  public static GroupSummary of(GroupSpec group) {
    SortedMap<String, BigInteger> storage = new TreeMap<>();
    Map<Endpoint.Kind, Integer> endpoints = new EnumMap<>(Endpoint.Kind.class);
    for (ResourceUnit unit : group.resources()) {
      unit.resources()
          .storage()
          .forEach(
              volume ->
                  storage.merge(
                      storageClass(volume), times(volume.bytes(), unit), BigInteger::add));
      unit.resources()
          .endpoints()
          .forEach(endpoint -> endpoints.merge(endpoint.kind(), 1, Integer::sum));
    }
    return new GroupSummary(
        group.name(),
        group.resources().stream().mapToInt(ResourceUnit::count).sum(),
        total(group, unit -> unit.resources().cpu().milliUnits()),
        total(group, unit -> unit.resources().memory().bytes()),
        storage,
        total(group, unit -> unit.resources().gpu().units()),
        endpoints);
  }

  private static BigInteger total(GroupSpec group, Function<ResourceUnit, BigInteger> amount) {
    return group.resources().stream()
        .map(unit -> times(amount.apply(unit), unit))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger times(BigInteger amount, ResourceUnit unit) {
    return amount.multiply(BigInteger.valueOf(unit.count()));
  }

  private static String storageClass(Storage volume) {
    return volume.attributes().stream()
        .filter(attribute -> attribute.key().equals("class"))
        .map(Attribute::value)
        .findFirst()
        .orElse("ephemeral");
  }
}
