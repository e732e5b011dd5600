package io.berth.local.providers.bidding;

import io.berth.domain.akash.DecCoin;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.resources.v1beta4.Endpoint;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The {@code scale} price strategy of providers: so much per block for each unit of a resource.
 * GPUs have no scale in it (provider-gateway.md §6.1).
 *
 * @param cpu per thousandth of a CPU
 * @param memory per MiB
 * @param storage per MiB, by storage class; volumes that do not persist are {@code ephemeral}
 * @param endpoint per endpoint of a resource unit, replicas not counted
 * @param leasedIp per leased address
 */
public record ScalePricing(
    BigDecimal cpu,
    BigDecimal memory,
    Map<String, BigDecimal> storage,
    BigDecimal endpoint,
    BigDecimal leasedIp) {
  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

  /** What the chain's decimals hold. */
  private static final int DECIMALS = 18;

  public ScalePricing {
    storage = Map.copyOf(storage);
  }

  /**
   * Prices of the order that providers ask, in uact: about 2 ACT a month for half a CPU and GiB.
   */
  public static ScalePricing ordinary() {
    return new ScalePricing(
        new BigDecimal("0.006"),
        new BigDecimal("0.002"),
        Map.of(
            "ephemeral", new BigDecimal("0.0001"),
            "default", new BigDecimal("0.0002"),
            "beta1", new BigDecimal("0.0002"),
            "beta2", new BigDecimal("0.0004"),
            "beta3", new BigDecimal("0.0008")),
        new BigDecimal("0.01"),
        new BigDecimal("5"));
  }

  /** All prices times a factor. */
  public ScalePricing times(BigDecimal factor) {
    return new ScalePricing(
        cpu.multiply(factor),
        memory.multiply(factor),
        storage.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().multiply(factor))),
        endpoint.multiply(factor),
        leasedIp.multiply(factor));
  }

  /**
   * The price per block of a whole group, in the denomination the group's own prices are in. Empty
   * if it has a storage class without a price, or costs nothing.
   */
  public Optional<DecCoin> price(GroupSpec group) {
    BigDecimal total = BigDecimal.ZERO;
    for (ResourceUnit unit : group.getResourcesList()) {
      Optional<BigDecimal> perReplica = replica(unit.getResource());
      if (perReplica.isEmpty()) {
        return Optional.empty();
      }
      total =
          total
              .add(perReplica.get().multiply(count(unit)))
              .add(endpoints(unit.getResource().getEndpointsList()));
    }
    total = total.setScale(DECIMALS, RoundingMode.HALF_UP);
    return total.signum() == 0
        ? Optional.empty()
        : Optional.of(new DecCoin(maximum(group).denom(), total));
  }

  /** The most that an order's owner pays per block: the sum of its units' prices. */
  public static DecCoin maximum(GroupSpec group) {
    BigDecimal total = BigDecimal.ZERO;
    String denom = "";
    for (ResourceUnit unit : group.getResourcesList()) {
      denom = unit.getPrice().getDenom();
      BigDecimal price = new BigDecimal(unit.getPrice().getAmount()).movePointLeft(DECIMALS);
      total = total.add(price.multiply(count(unit)));
    }
    return new DecCoin(denom, total);
  }

  private Optional<BigDecimal> replica(Resources resources) {
    BigDecimal price =
        Quantities.decimal(resources.getCpu().getUnits())
            .multiply(cpu)
            .add(mebibytes(resources.getMemory().getQuantity()).multiply(memory));
    for (Storage volume : resources.getStorageList()) {
      BigDecimal scale = storage.get(storageClass(volume));
      if (scale == null) {
        return Optional.empty();
      }
      price = price.add(mebibytes(volume.getQuantity()).multiply(scale));
    }
    return Optional.of(price);
  }

  private BigDecimal endpoints(List<Endpoint> endpoints) {
    long ips = endpoints.stream().filter(each -> each.getKind() == Endpoint.Kind.LEASED_IP).count();
    return endpoint
        .multiply(BigDecimal.valueOf(endpoints.size()))
        .add(leasedIp.multiply(BigDecimal.valueOf(ips)));
  }

  private static String storageClass(Storage volume) {
    return attribute(volume, "persistent").filter("true"::equals).isPresent()
        ? attribute(volume, "class").orElse("ephemeral")
        : "ephemeral";
  }

  private static Optional<String> attribute(Storage volume, String key) {
    return volume.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(Attribute::getValue)
        .findFirst();
  }

  private static BigDecimal mebibytes(ResourceValue bytes) {
    return Quantities.decimal(bytes).divide(MEBIBYTE); // exact: the divisor is a power of two
  }

  private static BigDecimal count(ResourceUnit unit) {
    return BigDecimal.valueOf(Integer.toUnsignedLong(unit.getCount()));
  }
}
