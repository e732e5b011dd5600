package io.berth.local.devnet.modules.bank;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.cosmos.bank.v1beta1.QueryAllBalancesRequest;
import io.berth.proto.cosmos.bank.v1beta1.QueryAllBalancesResponse;
import io.berth.proto.cosmos.bank.v1beta1.QueryBalanceRequest;
import io.berth.proto.cosmos.bank.v1beta1.QueryBalanceResponse;
import io.berth.proto.cosmos.bank.v1beta1.QueryGrpc;
import io.berth.proto.cosmos.bank.v1beta1.QuerySendEnabledRequest;
import io.berth.proto.cosmos.bank.v1beta1.QuerySendEnabledResponse;
import io.berth.proto.cosmos.bank.v1beta1.QuerySpendableBalancesRequest;
import io.berth.proto.cosmos.bank.v1beta1.QuerySpendableBalancesResponse;
import io.berth.proto.cosmos.bank.v1beta1.SendEnabled;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.grpc.stub.StreamObserver;
import java.util.TreeMap;

/** Serves {@code cosmos.bank.v1beta1.Query}. */
public final class BankQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final BankKeeper bank;

  public BankQueries(StateSource source, BankKeeper bank) {
    this.source = source;
    this.bank = bank;
  }

  @Override
  public void balance(QueryBalanceRequest request, StreamObserver<QueryBalanceResponse> observer) {
    Replies.answer(
        observer,
        () ->
            QueryBalanceResponse.newBuilder()
                .setBalance(
                    Coins.coin(
                        request.getDenom(),
                        bank.balance(source.current(), request.getAddress(), request.getDenom())))
                .build());
  }

  @Override
  public void allBalances(
      QueryAllBalancesRequest request, StreamObserver<QueryAllBalancesResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<Coin> page = page(request.getAddress(), request.getPagination());
          return QueryAllBalancesResponse.newBuilder()
              .addAllBalances(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  @Override
  public void spendableBalances(
      QuerySpendableBalancesRequest request,
      StreamObserver<QuerySpendableBalancesResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<Coin> page = page(request.getAddress(), request.getPagination());
          return QuerySpendableBalancesResponse.newBuilder()
              .addAllBalances(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  private Page<Coin> page(String address, PageRequest pagination) {
    TreeMap<String, Coin> coins = new TreeMap<>();
    bank.balances(source.current(), address).forEach(coin -> coins.put(coin.getDenom(), coin));
    return Page.cosmos(coins, pagination, coin -> true);
  }

  /** Only the denoms asked for: this chain has no other entries than compute credit's. */
  @Override
  public void sendEnabled(
      QuerySendEnabledRequest request, StreamObserver<QuerySendEnabledResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          QuerySendEnabledResponse.Builder response = QuerySendEnabledResponse.newBuilder();
          boolean asked =
              request.getDenomsList().isEmpty() || request.getDenomsList().contains(Coins.UACT);
          if (asked) {
            response.addSendEnabled(
                SendEnabled.newBuilder()
                    .setDenom(Coins.UACT)
                    .setEnabled(BankMessages.isSendEnabled(Coins.UACT)));
          }
          return response.build();
        });
  }
}
