package io.berth.local.providers.bidding;

import static io.berth.local.providers.bidding.Groups.attributes;
import static io.berth.local.providers.bidding.Groups.gpu;
import static io.berth.local.providers.bidding.Groups.group;
import static io.berth.local.providers.bidding.Groups.unit;
import static io.berth.local.providers.bidding.Groups.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proto.akash.base.attributes.v1.SignedBy;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequirementsTest {
  private static final Requirements PROVIDER =
      new Requirements(
          Map.of(
              "region", "eu",
              "host", "akash",
              "capabilities/gpu/vendor/nvidia/model/a100", "true",
              "capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi", "true",
              "capabilities/storage/1/class", "beta2",
              "capabilities/storage/1/persistent", "true",
              "capabilities/storage/2/class", "ram",
              "capabilities/storage/2/persistent", "false"),
          Map.of("alice", Map.of("region", "eu"), "bob", Map.of("host", "akash")));

  @Test
  void fulfilsOrdersThatRequireItsAttributesOrNone() {
    assertThat(PROVIDER.allow(requiring())).isTrue();
    assertThat(PROVIDER.allow(requiring("region", "eu"))).isTrue();
    assertThat(PROVIDER.allow(requiring("region", "us"))).isFalse();
    assertThat(PROVIDER.allow(requiring("tier", "community"))).isFalse();
  }

  @Test
  void needsTheSignatureOfAllAndOfAnyNamedAuditor() {
    assertThat(PROVIDER.allow(signed(List.of("alice"), List.of()))).isTrue();
    assertThat(PROVIDER.allow(signed(List.of(), List.of("carol", "alice")))).isTrue();
    assertThat(PROVIDER.allow(signed(List.of(), List.of("carol")))).isFalse();
    // Bob signed, but not the attribute that is required.
    assertThat(PROVIDER.allow(signed(List.of("alice", "bob"), List.of()))).isFalse();
  }

  @Test
  void needsOneOfTheGpuModels() {
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/nvidia/model/a100", "true")))).isTrue();
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/nvidia/model/a100/ram/80Gi", "true"))))
        .isTrue();
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/nvidia/model/a100/ram/40Gi", "true"))))
        .isFalse();
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/nvidia/model/h100", "true")))).isFalse();
    assertThat(
            PROVIDER.allow(
                withGpu(
                    gpu(
                        1,
                        "vendor/nvidia/model/h100",
                        "true",
                        "vendor/nvidia/model/a100",
                        "true"))))
        .isTrue();
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/nvidia/model/*", "true")))).isTrue();
    assertThat(PROVIDER.allow(withGpu(gpu(1, "vendor/amd/model/*", "true")))).isFalse();
    assertThat(PROVIDER.allow(withGpu(gpu(0)))).isTrue();
  }

  @Test
  void needsAllAttributesOfAVolumeInOneStorageOffer() {
    assertThat(PROVIDER.allow(withVolumes(volume(1)))).isTrue();
    assertThat(PROVIDER.allow(withVolumes(volume(1, "class", "beta2", "persistent", "true"))))
        .isTrue();
    assertThat(PROVIDER.allow(withVolumes(volume(1, "class", "ram", "persistent", "false"))))
        .isTrue();
    assertThat(PROVIDER.allow(withVolumes(volume(1, "class", "ram", "persistent", "true"))))
        .isFalse();
    assertThat(PROVIDER.allow(withVolumes(volume(1, "class", "beta3", "persistent", "true"))))
        .isFalse();
  }

  @Test
  void takesNoMoreThanFourVolumesPerResource() {
    assertThat(PROVIDER.allow(withVolumes(volume(1), volume(1), volume(1), volume(1)))).isTrue();
    assertThat(PROVIDER.allow(withVolumes(volume(1), volume(1), volume(1), volume(1), volume(1))))
        .isFalse();
  }

  @Test
  void capacityCoversOnlyIfThereIsEnoughOfEverything() {
    Capacity capacity = Capacity.of(1, 1, 1, 0);

    assertThat(capacity.covers(Capacity.of(unit(500, 1 << 29, 2).getResource(), 2))).isTrue();
    assertThat(capacity.covers(Capacity.of(unit(501, 1 << 29, 2).getResource(), 2))).isFalse();
    assertThat(capacity.covers(Capacity.of(unit(1, (1 << 29) + 1, 2).getResource(), 2))).isFalse();
    assertThat(
            capacity.covers(
                Capacity.of(unit(1, 1, 1).getResource().toBuilder().setGpu(gpu(1)).build(), 1)))
        .isFalse();
    assertThat(
            capacity.covers(
                Capacity.of(
                    unit(1, 1, 1).getResource().toBuilder()
                        .addStorage(volume(1 << 30))
                        .addStorage(volume(1))
                        .build(),
                    1)))
        .isFalse();
  }

  private static GroupSpec requiring(String... attributes) {
    GroupSpec.Builder group = group(unit(1, 1, 1)).toBuilder();
    group.getRequirementsBuilder().addAllAttributes(attributes(attributes));
    return group.build();
  }

  private static GroupSpec signed(List<String> allOf, List<String> anyOf) {
    GroupSpec.Builder group = requiring("region", "eu").toBuilder();
    group
        .getRequirementsBuilder()
        .setSignedBy(SignedBy.newBuilder().addAllAllOf(allOf).addAllAnyOf(anyOf));
    return group.build();
  }

  private static GroupSpec withGpu(GPU gpu) {
    var unit = unit(1, 1, 1);
    unit.getResourceBuilder().setGpu(gpu);
    return group(unit);
  }

  private static GroupSpec withVolumes(Storage... volumes) {
    var unit = unit(1, 1, 1);
    unit.getResourceBuilder().addAllStorage(List.of(volumes));
    return group(unit);
  }
}
