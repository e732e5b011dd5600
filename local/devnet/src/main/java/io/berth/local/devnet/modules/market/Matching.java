package io.berth.local.devnet.modules.market;

import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.attributes.v1.PlacementRequirements;
import io.berth.proto.akash.base.attributes.v1.SignedBy;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.akash.market.v1beta5.ResourceOffer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a provider may bid on a group: its attributes, their auditors, its capabilities. */
final class Matching {

  private static final String STORAGE = "capabilities/storage/";
  private static final String GPU_PREFIX = "capabilities/gpu/";

  /** Whether the provider has the attributes a group requires, signed by whom it requires. */
  static boolean hasAttributes(
      GroupSpec group, List<Attribute> own, List<AuditedProvider> audited) {
    PlacementRequirements requirements = group.getRequirements();
    List<Attribute> required = requirements.getAttributesList();
    SignedBy signedBy = requirements.getSignedBy();
    if (signedBy.getAllOfList().isEmpty() && signedBy.getAnyOfList().isEmpty()) {
      return isSubset(required, own);
    }
    Map<String, List<Attribute>> signed = new HashMap<>();
    audited.forEach(one -> signed.put(one.getAuditor(), one.getAttributesList()));
    boolean all =
        signedBy.getAllOfList().stream()
            .allMatch(
                auditor -> signed.containsKey(auditor) && isSubset(required, signed.get(auditor)));
    boolean any =
        signedBy.getAnyOfList().isEmpty()
            || signedBy.getAnyOfList().stream()
                .anyMatch(
                    auditor ->
                        signed.containsKey(auditor) && isSubset(required, signed.get(auditor)));
    return all && any;
  }

  /** Whether the provider declares the storage classes and GPUs a group asks for. */
  static boolean hasCapabilities(GroupSpec group, List<Attribute> own) {
    return group.getResourcesList().stream()
        .map(ResourceUnit::getResource)
        .allMatch(resources -> hasStorage(resources, own) && hasGpu(resources.getGpu(), own));
  }

  /** Whether an offer names units of the group only, with their counts. No offer is fine. */
  static boolean offers(GroupSpec group, List<ResourceOffer> offer) {
    Map<Integer, Integer> counts = new HashMap<>();
    group
        .getResourcesList()
        .forEach(unit -> counts.put(unit.getResource().getId(), unit.getCount()));
    for (ResourceOffer one : offer) {
      Integer count = counts.remove(one.getResources().getId());
      if (count == null || count != one.getCount()) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasStorage(Resources resources, List<Attribute> own) {
    Collection<List<Attribute>> classes = storageClasses(own);
    return resources.getStorageList().stream()
        .map(Storage::getAttributesList)
        .filter(wanted -> !wanted.isEmpty())
        .allMatch(wanted -> classes.stream().anyMatch(one -> isSubset(wanted, one)));
  }

  /** {@code capabilities/storage/1/class: beta3} and its siblings, grouped by their number. */
  private static Collection<List<Attribute>> storageClasses(List<Attribute> own) {
    Map<String, List<Attribute>> classes = new HashMap<>();
    for (Attribute attribute : own) {
      if (!attribute.getKey().startsWith(STORAGE)) {
        continue;
      }
      String[] parts = attribute.getKey().substring(STORAGE.length()).split("/", -1);
      if (parts.length == 2) {
        classes
            .computeIfAbsent(parts[0], number -> new ArrayList<>())
            .add(attribute.toBuilder().setKey(parts[1]).build());
      }
    }
    return classes.values();
  }

  private static boolean hasGpu(GPU gpu, List<Attribute> own) {
    String units = gpu.getUnits().getVal().toStringUtf8();
    if (new BigInteger(units).signum() == 0 || gpu.getAttributesList().isEmpty()) {
      return true;
    }
    List<Attribute> models =
        own.stream()
            .filter(attribute -> attribute.getKey().startsWith(GPU_PREFIX))
            .map(
                attribute ->
                    attribute.toBuilder()
                        .setKey(attribute.getKey().substring(GPU_PREFIX.length()))
                        .build())
            .toList();
    return gpu.getAttributesList().stream()
        .anyMatch(wanted -> models.stream().anyMatch(model -> matches(wanted, model)));
  }

  private static boolean isSubset(List<Attribute> wanted, List<Attribute> had) {
    return wanted.stream().allMatch(one -> had.stream().anyMatch(other -> matches(one, other)));
  }

  /** A wanted key may end in a star, which stands for anything within one path element. */
  private static boolean matches(Attribute wanted, Attribute had) {
    return wanted.getValue().equals(had.getValue()) && keyMatches(wanted.getKey(), had.getKey());
  }

  private static boolean keyMatches(String wanted, String had) {
    if (!wanted.endsWith("*")) {
      return wanted.equals(had);
    }
    String prefix = wanted.substring(0, wanted.length() - 1);
    return had.startsWith(prefix) && had.indexOf('/', prefix.length()) < 0;
  }

  private Matching() {}
}
