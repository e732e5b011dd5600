package io.berth.local.providers.bidding;

import com.google.protobuf.ByteString;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.base.resources.v1beta4.CPU;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Memory;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Resources;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.util.ArrayList;
import java.util.List;

/** Group specs for tests. Every unit may cost up to 1000 uact per block and replica. */
final class Groups {
  private Groups() {}

  static GroupSpec group(ResourceUnit.Builder... units) {
    GroupSpec.Builder group = GroupSpec.newBuilder().setName("dcloud");
    for (ResourceUnit.Builder unit : units) {
      group.addResources(unit);
    }
    return group.build();
  }

  static ResourceUnit.Builder unit(long milliCpu, long memory, int count) {
    return ResourceUnit.newBuilder()
        .setCount(count)
        .setPrice(DecCoin.newBuilder().setDenom("uact").setAmount("1000" + "0".repeat(18)).build())
        .setResource(
            Resources.newBuilder()
                .setId(1)
                .setCpu(CPU.newBuilder().setUnits(value(milliCpu)))
                .setMemory(Memory.newBuilder().setQuantity(value(memory)))
                .setGpu(GPU.newBuilder().setUnits(value(0))));
  }

  static Storage volume(long bytes, String... keysAndValues) {
    return Storage.newBuilder()
        .setName("default")
        .setQuantity(value(bytes))
        .addAllAttributes(attributes(keysAndValues))
        .build();
  }

  static GPU gpu(int units, String... keysAndValues) {
    return GPU.newBuilder()
        .setUnits(value(units))
        .addAllAttributes(attributes(keysAndValues))
        .build();
  }

  static List<Attribute> attributes(String... keysAndValues) {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      attributes.add(
          Attribute.newBuilder().setKey(keysAndValues[i]).setValue(keysAndValues[i + 1]).build());
    }
    return attributes;
  }

  private static ResourceValue value(long amount) {
    return ResourceValue.newBuilder()
        .setVal(ByteString.copyFromUtf8(Long.toString(amount)))
        .build();
  }
}
