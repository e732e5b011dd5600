package io.berth.local.providers.bidding;

import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.attributes.v1.SignedBy;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a provider is, to hold against what orders require. A group asks for placement attributes,
 * perhaps signed by auditors, and its resources for capabilities, which are attributes named {@code
 * capabilities/gpu/…} and {@code capabilities/storage/N/…}.
 */
public final class Requirements {
  /** Providers do not bid on resources with more volumes. */
  private static final int MAX_VOLUMES = 4;

  private static final Pattern STORAGE = Pattern.compile("capabilities/storage/(\\d+)/(.+)");
  private static final String GPU_PREFIX = "capabilities/gpu/";

  private final Map<String, String> own;
  private final Map<String, Map<String, String>> audited;

  /**
   * A provider's facts.
   *
   * @param own attributes of its record on the chain
   * @param audited attributes that auditors signed, by the auditor's address
   */
  public Requirements(Map<String, String> own, Map<String, Map<String, String>> audited) {
    this.own = Map.copyOf(own);
    this.audited = Map.copyOf(audited);
  }

  /** Whether an order for this group can be fulfilled, as far as attributes say. */
  public boolean allow(GroupSpec group) {
    Map<String, String> wanted = map(group.getRequirements().getAttributesList());
    return own.entrySet().containsAll(wanted.entrySet())
        && signed(group.getRequirements().getSignedBy(), wanted)
        && group.getResourcesList().stream().map(ResourceUnit::getResource).allMatch(this::capable);
  }

  private boolean signed(SignedBy by, Map<String, String> wanted) {
    boolean all = by.getAllOfList().stream().allMatch(auditor -> signs(auditor, wanted));
    boolean any =
        by.getAnyOfCount() == 0
            || by.getAnyOfList().stream().anyMatch(auditor -> signs(auditor, wanted));
    return all && any;
  }

  private boolean signs(String auditor, Map<String, String> wanted) {
    return audited.containsKey(auditor)
        && audited.get(auditor).entrySet().containsAll(wanted.entrySet());
  }

  private boolean capable(Resources resources) {
    return resources.getStorageCount() <= MAX_VOLUMES
        && resources.getStorageList().stream().allMatch(this::hasStorage)
        && hasGpu(resources.getGpu());
  }

  /** A volume's attributes must all be found in one of the provider's storage offers. */
  private boolean hasStorage(Storage volume) {
    Map<String, String> wanted = map(volume.getAttributesList());
    if (wanted.isEmpty()) {
      return true;
    }
    Map<String, Map<String, String>> offers = new HashMap<>();
    own.forEach(
        (key, value) -> {
          var match = STORAGE.matcher(key);
          if (match.matches()) {
            offers.computeIfAbsent(match.group(1), _ -> new HashMap<>()).put(match.group(2), value);
          }
        });
    return offers.values().stream()
        .anyMatch(offer -> offer.entrySet().containsAll(wanted.entrySet()));
  }

  /** Several GPU attributes are alternatives; a {@code *} stands for any model. */
  private boolean hasGpu(GPU gpu) {
    if (Quantities.integer(gpu.getUnits()).signum() == 0 || gpu.getAttributesCount() == 0) {
      return true;
    }
    return gpu.getAttributesList().stream()
        .filter(wanted -> wanted.getValue().equals("true"))
        .map(wanted -> GPU_PREFIX + wanted.getKey())
        .anyMatch(
            wanted ->
                own.entrySet().stream()
                    .anyMatch(has -> has.getValue().equals("true") && fits(has.getKey(), wanted)));
  }

  private static boolean fits(String has, String wanted) {
    return wanted.endsWith("*")
        ? has.startsWith(wanted.substring(0, wanted.length() - 1))
        : has.equals(wanted);
  }

  private static Map<String, String> map(List<Attribute> attributes) {
    Map<String, String> map = new HashMap<>();
    attributes.forEach(attribute -> map.put(attribute.getKey(), attribute.getValue()));
    return map;
  }
}
