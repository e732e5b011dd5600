package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.States;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1.LeaseFilters;
import io.berth.proto.akash.market.v1.OrderID;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.BidFilters;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.market.v1beta5.OrderFilters;
import io.berth.proto.akash.market.v1beta5.QueryBidRequest;
import io.berth.proto.akash.market.v1beta5.QueryBidResponse;
import io.berth.proto.akash.market.v1beta5.QueryBidsRequest;
import io.berth.proto.akash.market.v1beta5.QueryBidsResponse;
import io.berth.proto.akash.market.v1beta5.QueryGrpc;
import io.berth.proto.akash.market.v1beta5.QueryLeaseRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeaseResponse;
import io.berth.proto.akash.market.v1beta5.QueryLeasesRequest;
import io.berth.proto.akash.market.v1beta5.QueryLeasesResponse;
import io.berth.proto.akash.market.v1beta5.QueryOrderRequest;
import io.berth.proto.akash.market.v1beta5.QueryOrderResponse;
import io.berth.proto.akash.market.v1beta5.QueryOrdersRequest;
import io.berth.proto.akash.market.v1beta5.QueryOrdersResponse;
import io.berth.proto.akash.market.v1beta5.QueryParamsRequest;
import io.berth.proto.akash.market.v1beta5.QueryParamsResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@code akash.market.v1beta5.Query}. */
public final class MarketQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final MarketKeeper market;
  private final EscrowKeeper escrow;

  public MarketQueries(StateSource source, MarketKeeper market, EscrowKeeper escrow) {
    this.source = source;
    this.market = market;
    this.escrow = escrow;
  }

  /** The numbers and names by which orders, bids and leases are filtered; zero and empty pass. */
  private record Filter(String owner, long dseq, int gseq, int oseq, String provider, int bseq) {

    boolean matches(OrderID id) {
      return (owner.isEmpty() || owner.equals(id.getOwner()))
          && (dseq == 0 || dseq == id.getDseq())
          && (gseq == 0 || gseq == id.getGseq())
          && (oseq == 0 || oseq == id.getOseq());
    }

    boolean matches(BidID id) {
      return matches(MarketIds.order(id))
          && (provider.isEmpty() || provider.equals(id.getProvider()))
          && (bseq == 0 || bseq == id.getBseq());
    }
  }

  @Override
  public void orders(QueryOrdersRequest request, StreamObserver<QueryOrdersResponse> observer) {
    Replies.answer(observer, () -> list(source.current(), request));
  }

  private QueryOrdersResponse list(Reader state, QueryOrdersRequest request) {
    OrderFilters asked = request.getFilters();
    States.check(asked.getState(), Order.State.values());
    Filter filter =
        new Filter(asked.getOwner(), asked.getDseq(), asked.getGseq(), asked.getOseq(), "", 0);
    Page<Order> page =
        Page.akash(
            market.orders(state, asked.getOwner()),
            request.getPagination(),
            order ->
                filter.matches(order.getId()) && States.matches(asked.getState(), order.getState()),
            asked.getState());
    return QueryOrdersResponse.newBuilder()
        .addAllOrders(page.values())
        .setPagination(page.info())
        .build();
  }

  @Override
  public void order(QueryOrderRequest request, StreamObserver<QueryOrderResponse> observer) {
    Replies.answer(
        observer,
        () ->
            market
                .order(source.current(), request.getId())
                .map(order -> QueryOrderResponse.newBuilder().setOrder(order).build())
                .orElseThrow(MarketErrors.ORDER_NOT_FOUND::refuse));
  }

  @Override
  public void bids(QueryBidsRequest request, StreamObserver<QueryBidsResponse> observer) {
    Replies.answer(observer, () -> list(source.current(), request));
  }

  private QueryBidsResponse list(Reader state, QueryBidsRequest request) {
    BidFilters asked = request.getFilters();
    States.check(asked.getState(), Bid.State.values());
    Filter filter =
        new Filter(
            asked.getOwner(),
            asked.getDseq(),
            asked.getGseq(),
            asked.getOseq(),
            asked.getProvider(),
            asked.getBseq());
    Page<Bid> page =
        Page.akash(
            market.bids(state, asked.getOwner()),
            request.getPagination(),
            bid -> filter.matches(bid.getId()) && States.matches(asked.getState(), bid.getState()),
            asked.getState());
    QueryBidsResponse.Builder response = QueryBidsResponse.newBuilder().setPagination(page.info());
    page.values().forEach(bid -> response.addBids(whole(state, bid)));
    return response.build();
  }

  @Override
  public void bid(QueryBidRequest request, StreamObserver<QueryBidResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Reader state = source.current();
          return market
              .bid(state, request.getId())
              .map(bid -> whole(state, bid))
              .orElseThrow(MarketErrors.BID_NOT_FOUND::refuse);
        });
  }

  private QueryBidResponse whole(Reader state, Bid bid) {
    QueryBidResponse.Builder response = QueryBidResponse.newBuilder().setBid(bid);
    escrow.account(state, EscrowIds.of(bid.getId())).ifPresent(response::setEscrowAccount);
    return response.build();
  }

  @Override
  public void leases(QueryLeasesRequest request, StreamObserver<QueryLeasesResponse> observer) {
    Replies.answer(observer, () -> list(source.current(), request));
  }

  private QueryLeasesResponse list(Reader state, QueryLeasesRequest request) {
    LeaseFilters asked = request.getFilters();
    States.check(asked.getState(), Lease.State.values());
    Filter filter =
        new Filter(
            asked.getOwner(),
            asked.getDseq(),
            asked.getGseq(),
            asked.getOseq(),
            asked.getProvider(),
            asked.getBseq());
    Page<Lease> page =
        Page.akash(
            market.leases(state, asked.getOwner()),
            request.getPagination(),
            lease ->
                filter.matches(MarketIds.bid(lease.getId()))
                    && States.matches(asked.getState(), lease.getState()),
            asked.getState());
    QueryLeasesResponse.Builder response =
        QueryLeasesResponse.newBuilder().setPagination(page.info());
    page.values().forEach(lease -> response.addLeases(whole(state, lease)));
    return response.build();
  }

  @Override
  public void lease(QueryLeaseRequest request, StreamObserver<QueryLeaseResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Reader state = source.current();
          return market
              .lease(state, request.getId())
              .map(lease -> whole(state, lease))
              .orElseThrow(MarketErrors.LEASE_NOT_FOUND::refuse);
        });
  }

  private QueryLeaseResponse whole(Reader state, Lease lease) {
    QueryLeaseResponse.Builder response = QueryLeaseResponse.newBuilder().setLease(lease);
    escrow.payment(state, EscrowIds.of(lease.getId())).ifPresent(response::setEscrowPayment);
    return response.build();
  }

  @Override
  public void params(QueryParamsRequest request, StreamObserver<QueryParamsResponse> observer) {
    Replies.answer(
        observer, () -> QueryParamsResponse.newBuilder().setParams(MarketParams.params()).build());
  }
}
