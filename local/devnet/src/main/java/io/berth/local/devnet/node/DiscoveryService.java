package io.berth.local.devnet.node;

import io.berth.local.devnet.modules.Replies;
import io.berth.proto.akash.discovery.v1.Akash;
import io.berth.proto.akash.discovery.v1.ClientInfo;
import io.berth.proto.akash.discovery.v1.DiscoveryGrpc;
import io.berth.proto.akash.discovery.v1.GetInfoRequest;
import io.berth.proto.akash.discovery.v1.GetInfoResponse;
import io.berth.proto.akash.discovery.v1.ModuleVersion;
import io.berth.proto.akash.discovery.v1.VersionInfo;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;

/** Serves {@code akash.discovery.v1.Discovery}: which versions of which modules are here. */
final class DiscoveryService extends DiscoveryGrpc.DiscoveryImplBase {

  private static final Map<String, String> MODULES =
      new TreeMap<>(
          Map.of(
              "audit", "v1",
              "cert", "v1",
              "deployment", "v1beta4",
              "escrow", "v1",
              "market", "v1beta5",
              "provider", "v1beta4"));

  private final Chain chain;

  DiscoveryService(Chain chain) {
    this.chain = chain;
  }

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> observer) {
    Replies.answer(observer, () -> GetInfoResponse.newBuilder().setInfo(info()).build());
  }

  private Akash info() {
    VersionInfo.Builder supported = VersionInfo.newBuilder().setApiVersion("v1beta3");
    MODULES.forEach(
        (module, version) ->
            supported.addModules(ModuleVersion.newBuilder().setModule(module).setVersion(version)));
    return Akash.newBuilder()
        .setClientInfo(ClientInfo.newBuilder().setApiVersion("v1beta3"))
        .addSupportedVersions(supported)
        .setChainId(chain.chainId())
        .setNodeVersion(TendermintService.NODE_VERSION)
        .setMinClientVersion("v1.0.0")
        .build();
  }
}
