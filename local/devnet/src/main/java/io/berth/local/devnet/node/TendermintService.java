package io.berth.local.devnet.node;

import com.google.protobuf.ByteString;
import io.berth.local.devnet.Faults;
import io.berth.local.devnet.ante.TxDecoder;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.store.Version;
import io.berth.proto.cosmos.base.tendermint.v1beta1.Block;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetBlockByHeightRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetBlockByHeightResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetLatestBlockResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetNodeInfoRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetNodeInfoResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.Header;
import io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.base.tendermint.v1beta1.VersionInfo;
import io.berth.proto.tendermint.p2p.DefaultNodeInfo;
import io.berth.proto.tendermint.types.BlockID;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;

/** Serves {@code cosmos.base.tendermint.v1beta1.Service}. */
final class TendermintService extends ServiceGrpc.ServiceImplBase {

  static final String NODE_VERSION = "v2.1.0";

  private final Chain chain;
  private final StateSource source;
  private final Faults faults;

  TendermintService(Chain chain, StateSource source, Faults faults) {
    this.chain = chain;
    this.source = source;
    this.faults = faults;
  }

  @Override
  public void getLatestBlock(
      GetLatestBlockRequest request, StreamObserver<GetLatestBlockResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Version version = source.current();
          return GetLatestBlockResponse.newBuilder()
              .setBlockId(id(version))
              .setSdkBlock(block(version))
              .build();
        });
  }

  @Override
  public void getBlockByHeight(
      GetBlockByHeightRequest request, StreamObserver<GetBlockByHeightResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          long height = request.getHeight();
          if (height > source.current().height()) {
            throw Replies.invalid("requested block height is bigger then the chain length");
          }
          Version version =
              chain
                  .at(height)
                  .orElseThrow(
                      () -> Replies.notFound("height %d is not available".formatted(height)));
          return GetBlockByHeightResponse.newBuilder()
              .setBlockId(id(version))
              .setSdkBlock(block(version))
              .build();
        });
  }

  private Block block(Version version) {
    return Block.newBuilder()
        .setHeader(
            Header.newBuilder()
                .setChainId(chain.chainId())
                .setHeight(version.height())
                .setTime(Times.timestamp(version.time())))
        .setData(Chain.contents(version))
        .build();
  }

  /** One validator, no votes: the id only needs to differ from block to block. */
  private BlockID id(Version version) {
    String name = chain.chainId() + "/" + version.height() + "/" + version.time();
    return BlockID.newBuilder()
        .setHash(ByteString.fromHex(TxDecoder.hash(name.getBytes(StandardCharsets.UTF_8))))
        .build();
  }

  @Override
  public void getNodeInfo(
      GetNodeInfoRequest request, StreamObserver<GetNodeInfoResponse> observer) {
    Replies.answer(
        observer,
        () ->
            GetNodeInfoResponse.newBuilder()
                .setDefaultNodeInfo(
                    DefaultNodeInfo.newBuilder()
                        .setNetwork(chain.chainId())
                        .setVersion("0.38.21")
                        .setMoniker("berth-devnet"))
                .setApplicationVersion(
                    VersionInfo.newBuilder()
                        .setName("akash")
                        .setAppName("akash")
                        .setVersion(NODE_VERSION)
                        .setCosmosSdkVersion("v0.53.7"))
                .build());
  }

  @Override
  public void getSyncing(GetSyncingRequest request, StreamObserver<GetSyncingResponse> observer) {
    Replies.answer(
        observer, () -> GetSyncingResponse.newBuilder().setSyncing(faults.isSyncing()).build());
  }
}
