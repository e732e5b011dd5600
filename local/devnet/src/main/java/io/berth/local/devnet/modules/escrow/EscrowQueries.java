package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.States;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.Payment;
import io.berth.proto.akash.escrow.types.v1.State;
import io.berth.proto.akash.escrow.v1.QueryAccountsRequest;
import io.berth.proto.akash.escrow.v1.QueryAccountsResponse;
import io.berth.proto.akash.escrow.v1.QueryGrpc;
import io.berth.proto.akash.escrow.v1.QueryPaymentsRequest;
import io.berth.proto.akash.escrow.v1.QueryPaymentsResponse;
import io.grpc.stub.StreamObserver;

/**
 * Serves {@code akash.escrow.v1.Query}; {@code xid} is a prefix such as {@code deployment/OWNER}.
 */
public final class EscrowQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;

  public EscrowQueries(StateSource source) {
    this.source = source;
  }

  @Override
  public void accounts(
      QueryAccountsRequest request, StreamObserver<QueryAccountsResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          States.check(request.getState(), State.values());
          Page<Account> page =
              Page.akash(
                  source.current().scan(EscrowKeeper.ACCOUNTS + request.getXid(), Account.class),
                  request.getPagination(),
                  account -> States.matches(request.getState(), account.getState().getState()),
                  request.getState());
          return QueryAccountsResponse.newBuilder()
              .addAllAccounts(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  @Override
  public void payments(
      QueryPaymentsRequest request, StreamObserver<QueryPaymentsResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          States.check(request.getState(), State.values());
          Page<Payment> page =
              Page.akash(
                  source.current().scan(EscrowKeeper.PAYMENTS + request.getXid(), Payment.class),
                  request.getPagination(),
                  payment -> States.matches(request.getState(), payment.getState().getState()),
                  request.getState());
          return QueryPaymentsResponse.newBuilder()
              .addAllPayments(page.values())
              .setPagination(page.info())
              .build();
        });
  }
}
