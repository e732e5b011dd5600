package io.berth.local.devnet.node;

import io.berth.local.devnet.Faults;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.cosmos.base.abci.v1beta1.GasInfo;
import io.berth.proto.cosmos.base.abci.v1beta1.Result;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastMode;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.BroadcastTxResponse;
import io.berth.proto.cosmos.tx.v1beta1.GetTxRequest;
import io.berth.proto.cosmos.tx.v1beta1.GetTxResponse;
import io.berth.proto.cosmos.tx.v1beta1.ServiceGrpc;
import io.berth.proto.cosmos.tx.v1beta1.SimulateRequest;
import io.berth.proto.cosmos.tx.v1beta1.SimulateResponse;
import io.berth.proto.cosmos.tx.v1beta1.Tx;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Locale;

/** Serves {@code cosmos.tx.v1beta1.Service}, except the search by events. */
final class TxService extends ServiceGrpc.ServiceImplBase {

  private final Chain chain;
  private final StateSource source;
  private final Faults faults;

  TxService(Chain chain, StateSource source, Faults faults) {
    this.chain = chain;
    this.source = source;
    this.faults = faults;
  }

  @Override
  public void broadcastTx(
      BroadcastTxRequest request, StreamObserver<BroadcastTxResponse> observer) {
    Replies.answer(observer, () -> broadcast(request));
  }

  /** ASYNC answers as SYNC does: nothing here is slow enough to tell them apart. */
  private BroadcastTxResponse broadcast(BroadcastTxRequest request) {
    if (request.getTxBytes().isEmpty()) {
      throw Replies.invalid("invalid empty tx");
    }
    boolean known =
        request.getMode() == BroadcastMode.BROADCAST_MODE_SYNC
            || request.getMode() == BroadcastMode.BROADCAST_MODE_ASYNC;
    if (!known) {
      throw Status.UNKNOWN
          .withDescription(
              "unsupported return type %s; supported types: sync, async"
                  .formatted(request.getMode()))
          .asRuntimeException();
    }
    TxResponse response = chain.admit(request.getTxBytes().toByteArray());
    if (response.getCode() == 0 && faults.takeAnswerToDrop()) {
      throw Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException();
    }
    return BroadcastTxResponse.newBuilder().setTxResponse(response).build();
  }

  @Override
  public void simulate(SimulateRequest request, StreamObserver<SimulateResponse> observer) {
    Replies.answer(observer, () -> simulated(request));
  }

  private SimulateResponse simulated(SimulateRequest request) {
    if (request.getTxBytes().isEmpty()) {
      throw Replies.invalid("empty txBytes is not allowed");
    }
    TxOutcome outcome;
    try {
      outcome = chain.simulate(request.getTxBytes().toByteArray());
    } catch (RefusedException e) {
      throw failed(e.getMessage(), 0);
    }
    if (outcome.error().isPresent()) {
      throw failed(outcome.log(), outcome.gasUsed());
    }
    return SimulateResponse.newBuilder()
        .setGasInfo(
            GasInfo.newBuilder().setGasWanted(outcome.gasWanted()).setGasUsed(outcome.gasUsed()))
        .setResult(
            Result.newBuilder()
                .addAllEvents(outcome.events())
                .addAllMsgResponses(outcome.responses()))
        .build();
  }

  private static StatusRuntimeException failed(String log, long gasUsed) {
    return Status.UNKNOWN
        .withDescription("%s with gas used: '%d'".formatted(log, gasUsed))
        .asRuntimeException();
  }

  @Override
  public void getTx(GetTxRequest request, StreamObserver<GetTxResponse> observer) {
    Replies.answer(observer, () -> found(request.getHash()));
  }

  private GetTxResponse found(String hash) {
    if (hash.isEmpty()) {
      throw Replies.invalid("tx hash cannot be empty");
    }
    if (!hash.matches("(?:[0-9a-fA-F]{2})+")) {
      throw Replies.invalid("encoding/hex: invalid byte in hash");
    }
    long newestIndexed = source.current().height() - faults.indexLag();
    TxResponse response =
        Chain.transaction(source.current(), hash.toUpperCase(Locale.ROOT))
            .filter(found -> found.getHeight() <= newestIndexed)
            .orElseThrow(() -> Replies.notFound("tx not found: " + hash));
    return GetTxResponse.newBuilder()
        .setTx(Packed.open(response.getTx(), Tx.class).orElseThrow())
        .setTxResponse(response)
        .build();
  }
}
