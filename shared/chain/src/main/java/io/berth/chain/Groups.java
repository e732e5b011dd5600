package io.berth.chain;

import com.google.protobuf.ByteString;
import io.berth.proto.akash.base.attributes.v1.PlacementRequirements;
import io.berth.proto.akash.base.attributes.v1.SignedBy;
import io.berth.proto.akash.base.resources.v1beta4.CPU;
import io.berth.proto.akash.base.resources.v1beta4.GPU;
import io.berth.proto.akash.base.resources.v1beta4.Memory;
import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import io.berth.proto.akash.base.resources.v1beta4.Storage;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import io.berth.proto.akash.deployment.v1beta4.ResourceUnit;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Cpu;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.Gpu;
import io.berth.sdl.group.Price;
import io.berth.sdl.group.Resources;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Group specifications to and from their encoded form. */
final class Groups {
  private Groups() {}

  static GroupSpec encode(io.berth.sdl.group.GroupSpec group) {
    return GroupSpec.newBuilder()
        .setName(group.name())
        .setRequirements(encode(group.requirements()))
        .addAllResources(group.resources().stream().map(Groups::encode).toList())
        .build();
  }

  /**
   * The group that was encoded.
   *
   * @throws IllegalArgumentException if it holds what the model has no place for
   */
  static io.berth.sdl.group.GroupSpec decode(GroupSpec group) {
    return new io.berth.sdl.group.GroupSpec(
        group.getName(),
        decode(group.getRequirements()),
        group.getResourcesList().stream().map(Groups::decode).toList());
  }

  private static PlacementRequirements encode(
      io.berth.sdl.group.PlacementRequirements requirements) {
    return PlacementRequirements.newBuilder()
        .setSignedBy(
            SignedBy.newBuilder()
                .addAllAllOf(requirements.signedBy().allOf())
                .addAllAnyOf(requirements.signedBy().anyOf()))
        .addAllAttributes(encodeAttributes(requirements.attributes()))
        .build();
  }

  private static io.berth.sdl.group.PlacementRequirements decode(
      PlacementRequirements requirements) {
    return new io.berth.sdl.group.PlacementRequirements(
        new io.berth.sdl.group.SignedBy(
            requirements.getSignedBy().getAllOfList(), requirements.getSignedBy().getAnyOfList()),
        decodeAttributes(requirements.getAttributesList()));
  }

  private static ResourceUnit encode(io.berth.sdl.group.ResourceUnit unit) {
    return ResourceUnit.newBuilder()
        .setResource(encode(unit.resources()))
        .setCount(unit.count())
        .setPrice(
            DecCoin.newBuilder()
                .setDenom(unit.price().denom())
                .setAmount(Decimals.encode(unit.price().amount())))
        .build();
  }

  private static io.berth.sdl.group.ResourceUnit decode(ResourceUnit unit) {
    return new io.berth.sdl.group.ResourceUnit(
        decode(unit.getResource()),
        unit.getCount(),
        new Price(unit.getPrice().getDenom(), Decimals.decode(unit.getPrice().getAmount())));
  }

  private static io.berth.proto.akash.base.resources.v1beta4.Resources encode(Resources resources) {
    return io.berth.proto.akash.base.resources.v1beta4.Resources.newBuilder()
        .setId(resources.id())
        .setCpu(
            CPU.newBuilder()
                .setUnits(encode(resources.cpu().milliUnits()))
                .addAllAttributes(encodeAttributes(resources.cpu().attributes())))
        .setMemory(
            Memory.newBuilder()
                .setQuantity(encode(resources.memory().bytes()))
                .addAllAttributes(encodeAttributes(resources.memory().attributes())))
        .addAllStorage(resources.storage().stream().map(Groups::encode).toList())
        .setGpu(
            GPU.newBuilder()
                .setUnits(encode(resources.gpu().units()))
                .addAllAttributes(encodeAttributes(resources.gpu().attributes())))
        .addAllEndpoints(resources.endpoints().stream().map(Groups::encode).toList())
        .build();
  }

  static Resources decode(io.berth.proto.akash.base.resources.v1beta4.Resources resources) {
    return new Resources(
        resources.getId(),
        new Cpu(
            decode(resources.getCpu().getUnits()),
            decodeAttributes(resources.getCpu().getAttributesList())),
        new io.berth.sdl.group.Memory(
            decode(resources.getMemory().getQuantity()),
            decodeAttributes(resources.getMemory().getAttributesList())),
        resources.getStorageList().stream().map(Groups::decode).toList(),
        new Gpu(
            decode(resources.getGpu().getUnits()),
            decodeAttributes(resources.getGpu().getAttributesList())),
        resources.getEndpointsList().stream().map(Groups::decode).toList());
  }

  private static Storage encode(io.berth.sdl.group.Storage storage) {
    return Storage.newBuilder()
        .setName(storage.name())
        .setQuantity(encode(storage.bytes()))
        .addAllAttributes(encodeAttributes(storage.attributes()))
        .build();
  }

  private static io.berth.sdl.group.Storage decode(Storage storage) {
    return new io.berth.sdl.group.Storage(
        storage.getName(),
        decode(storage.getQuantity()),
        decodeAttributes(storage.getAttributesList()));
  }

  private static io.berth.proto.akash.base.resources.v1beta4.Endpoint encode(Endpoint endpoint) {
    return io.berth.proto.akash.base.resources.v1beta4.Endpoint.newBuilder()
        .setKind(
            switch (endpoint.kind()) {
              case SHARED_HTTP ->
                  io.berth.proto.akash.base.resources.v1beta4.Endpoint.Kind.SHARED_HTTP;
              case RANDOM_PORT ->
                  io.berth.proto.akash.base.resources.v1beta4.Endpoint.Kind.RANDOM_PORT;
              case LEASED_IP -> io.berth.proto.akash.base.resources.v1beta4.Endpoint.Kind.LEASED_IP;
            })
        .setSequenceNumber(endpoint.sequenceNumber())
        .build();
  }

  private static Endpoint decode(io.berth.proto.akash.base.resources.v1beta4.Endpoint endpoint) {
    Endpoint.Kind kind =
        switch (endpoint.getKind()) {
          case SHARED_HTTP -> Endpoint.Kind.SHARED_HTTP;
          case RANDOM_PORT -> Endpoint.Kind.RANDOM_PORT;
          case LEASED_IP -> Endpoint.Kind.LEASED_IP;
          case UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "unknown kind of endpoint " + endpoint.getKindValue());
        };
    return new Endpoint(kind, endpoint.getSequenceNumber());
  }

  private static ResourceValue encode(BigInteger value) {
    return ResourceValue.newBuilder().setVal(ByteString.copyFromUtf8(value.toString())).build();
  }

  private static BigInteger decode(ResourceValue value) {
    return value.getVal().isEmpty()
        ? BigInteger.ZERO
        : new BigInteger(value.getVal().toString(StandardCharsets.US_ASCII));
  }

  private static List<io.berth.proto.akash.base.attributes.v1.Attribute> encodeAttributes(
      List<Attribute> attributes) {
    return attributes.stream()
        .map(
            attribute ->
                io.berth.proto.akash.base.attributes.v1.Attribute.newBuilder()
                    .setKey(attribute.key())
                    .setValue(attribute.value())
                    .build())
        .toList();
  }

  static List<Attribute> decodeAttributes(
      List<io.berth.proto.akash.base.attributes.v1.Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue()))
        .toList();
  }
}
