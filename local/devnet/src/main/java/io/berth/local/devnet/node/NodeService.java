package io.berth.local.devnet.node;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.store.Version;
import io.berth.proto.cosmos.base.node.v1beta1.ConfigRequest;
import io.berth.proto.cosmos.base.node.v1beta1.ConfigResponse;
import io.berth.proto.cosmos.base.node.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.base.node.v1beta1.StatusRequest;
import io.berth.proto.cosmos.base.node.v1beta1.StatusResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@code cosmos.base.node.v1beta1.Service}. */
final class NodeService extends ServiceGrpc.ServiceImplBase {

  private final Chain chain;
  private final StateSource source;

  NodeService(Chain chain, StateSource source) {
    this.chain = chain;
    this.source = source;
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Version version = source.current();
          return StatusResponse.newBuilder()
              .setEarliestStoreHeight(chain.oldest().height())
              .setHeight(version.height())
              .setTimestamp(Times.timestamp(version.time()))
              .build();
        });
  }

  @Override
  public void config(ConfigRequest request, StreamObserver<ConfigResponse> observer) {
    Replies.answer(
        observer,
        () ->
            ConfigResponse.newBuilder()
                .setMinimumGasPrice(Application.MINIMUM_GAS_PRICE + Coins.UAKT)
                .build());
  }
}
