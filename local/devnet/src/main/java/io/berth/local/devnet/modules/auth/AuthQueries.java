package io.berth.local.devnet.modules.auth;

import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.auth.v1beta1.Params;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoRequest;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountInfoResponse;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountRequest;
import io.berth.proto.cosmos.auth.v1beta1.QueryAccountResponse;
import io.berth.proto.cosmos.auth.v1beta1.QueryGrpc;
import io.berth.proto.cosmos.auth.v1beta1.QueryParamsRequest;
import io.berth.proto.cosmos.auth.v1beta1.QueryParamsResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@code cosmos.auth.v1beta1.Query}. */
public final class AuthQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final AuthKeeper auth;

  public AuthQueries(StateSource source, AuthKeeper auth) {
    this.source = source;
    this.auth = auth;
  }

  @Override
  public void account(QueryAccountRequest request, StreamObserver<QueryAccountResponse> observer) {
    Replies.answer(
        observer,
        () ->
            QueryAccountResponse.newBuilder()
                .setAccount(Packed.any(require(request.getAddress())))
                .build());
  }

  @Override
  public void accountInfo(
      QueryAccountInfoRequest request, StreamObserver<QueryAccountInfoResponse> observer) {
    Replies.answer(
        observer,
        () -> QueryAccountInfoResponse.newBuilder().setInfo(require(request.getAddress())).build());
  }

  private BaseAccount require(String address) {
    return auth.account(source.current(), address)
        .orElseThrow(() -> Replies.notFound("account %s not found".formatted(address)));
  }

  @Override
  public void params(QueryParamsRequest request, StreamObserver<QueryParamsResponse> observer) {
    Replies.answer(
        observer,
        () ->
            QueryParamsResponse.newBuilder()
                .setParams(
                    Params.newBuilder()
                        .setMaxMemoCharacters(AuthParams.MAX_MEMO_BYTES)
                        .setTxSigLimit(AuthParams.TX_SIG_LIMIT)
                        .setTxSizeCostPerByte(AuthParams.GAS_PER_TX_BYTE)
                        .setSigVerifyCostEd25519(590)
                        .setSigVerifyCostSecp256K1(AuthParams.GAS_PER_SIGNATURE))
                .build());
  }
}
