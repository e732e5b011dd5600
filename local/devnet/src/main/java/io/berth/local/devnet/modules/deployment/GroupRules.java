package io.berth.local.devnet.modules.deployment;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a group may ask for, and what it offers to pay. */
public final class GroupRules {

  private static final Dec MAX_PRICE = Dec.of(10_000_000);
  private static final BigInteger MI = BigInteger.ONE.shiftLeft(20);
  private static final BigInteger TI = BigInteger.ONE.shiftLeft(40);

  private static final Range CPU = Range.of(10, 384_000);
  private static final Range MEMORY = new Range(MI, TI.multiply(BigInteger.TWO));
  private static final Range STORAGE =
      new Range(MI.multiply(BigInteger.valueOf(5)), TI.multiply(BigInteger.valueOf(32)));
  private static final Range GPU = Range.of(0, 24);
  private static final Range TOTAL_CPU = Range.of(1, 19_200_000);
  private static final Range TOTAL_MEMORY =
      new Range(BigInteger.ONE, TI.multiply(BigInteger.valueOf(100)));
  private static final Range TOTAL_GPU = Range.of(0, 1200);

  private record Range(BigInteger from, BigInteger to) {
    static Range of(long from, long to) {
      return new Range(BigInteger.valueOf(from), BigInteger.valueOf(to));
    }

    void check(String what, BigInteger value) {
      if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
        throw SdkErrors.plain("invalid %s (%s > %s > %s fails)".formatted(what, to, value, from));
      }
    }
  }

  /** The most a group pays per block: the sum of price times count. Its denom is the first's. */
  public static DecCoin price(GroupSpec group) {
    String denom =
        group.getResourcesCount() == 0 ? "" : group.getResources(0).getPrice().getDenom();
    Dec total =
        group.getResourcesList().stream()
            .map(
                unit ->
                    Coins.amount(unit.getPrice()).times(Integer.toUnsignedLong(unit.getCount())))
            .reduce(Dec.ZERO, Dec::plus);
    return Coins.decCoin(denom, total);
  }

  /** The stateless checks of one group. */
  static void check(GroupSpec group) {
    if (group.getName().isEmpty()) {
      throw SdkErrors.plain("empty group spec name denomination");
    }
    if (group.getResourcesCount() == 0) {
      throw SdkErrors.plain("group %s: empty resource list".formatted(group.getName()));
    }
    Set<Integer> ids = new HashSet<>();
    for (ResourceUnit unit : group.getResourcesList()) {
      if (!ids.add(unit.getResource().getId())) {
        throw SdkErrors.plain(
            "group %s: duplicate resource id %d"
                .formatted(group.getName(), unit.getResource().getId()));
      }
      check(unit.getResource());
      checkPrice(group, unit);
    }
    TOTAL_CPU.check(
        "total CPU", total(group, resources -> value(resources.getCpu().getUnits().getVal())));
    TOTAL_MEMORY.check(
        "total memory",
        total(group, resources -> value(resources.getMemory().getQuantity().getVal())));
    TOTAL_GPU.check(
        "total GPU", total(group, resources -> value(resources.getGpu().getUnits().getVal())));
  }

  /** The checks over all groups of a deployment. */
  static void check(List<GroupSpec> groups) {
    Set<String> names = new HashSet<>();
    String denom = price(groups.getFirst()).getDenom();
    for (GroupSpec group : groups) {
      String other = price(group).getDenom();
      if (!other.equals(denom)) {
        throw DeploymentErrors.INVALID_PRICE.because(
            "inconsistent group denomination: %s != %s".formatted(denom, other));
      }
      check(group);
      if (!names.add(group.getName())) {
        throw DeploymentErrors.DUPLICATE_GROUP_NAME.because(
            "duplicate deployment group name " + group.getName());
      }
    }
  }

  private static void check(Resources resources) {
    if (resources.getId() == 0) {
      throw SdkErrors.plain("resource id is zero");
    }
    if (!resources.hasCpu() || !resources.hasMemory() || !resources.hasGpu()) {
      throw SdkErrors.plain(
          "resource unit %d: cpu, memory and gpu must be present".formatted(resources.getId()));
    }
    CPU.check("unit CPU", value(resources.getCpu().getUnits().getVal()));
    MEMORY.check("unit memory", value(resources.getMemory().getQuantity().getVal()));
    GPU.check("unit GPU", value(resources.getGpu().getUnits().getVal()));
    Set<String> names = new HashSet<>();
    for (Storage storage : resources.getStorageList()) {
      STORAGE.check("unit storage", value(storage.getQuantity().getVal()));
      if (!names.add(storage.getName())) {
        throw SdkErrors.plain("duplicate storage name " + storage.getName());
      }
    }
  }

  private static void checkPrice(GroupSpec group, ResourceUnit unit) {
    DecCoin price = unit.getPrice();
    if (!Coins.isValid(price) || Coins.amount(price).isZero()) {
      throw priceRefused(group, "invalid price object");
    }
    if (Coins.amount(price).compareTo(MAX_PRICE) > 0) {
      throw priceRefused(
          group, "invalid unit price (%s > %s fails)".formatted(MAX_PRICE, Coins.amount(price)));
    }
    String denom = group.getResources(0).getPrice().getDenom();
    if (!price.getDenom().equals(denom)) {
      // The misspelling is upstream's.
      throw SdkErrors.plain(
          "multi-denonimation group: (%s == %s fails)".formatted(price.getDenom(), denom));
    }
  }

  private static RefusedException priceRefused(GroupSpec group, String why) {
    return SdkErrors.plain("group %s: %s".formatted(group.getName(), why));
  }

  private static BigInteger total(GroupSpec group, Function<Resources, BigInteger> amount) {
    return group.getResourcesList().stream()
        .map(
            unit ->
                amount
                    .apply(unit.getResource())
                    .multiply(BigInteger.valueOf(Integer.toUnsignedLong(unit.getCount()))))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** A resource value: decimal digits in ASCII; an empty one is nil in Go. */
  private static BigInteger value(ByteString digits) {
    String text = digits.toStringUtf8();
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw SdkErrors.plain("invalid resource value \"%s\"".formatted(text));
    }
    return new BigInteger(text);
  }

  private GroupRules() {}
}
