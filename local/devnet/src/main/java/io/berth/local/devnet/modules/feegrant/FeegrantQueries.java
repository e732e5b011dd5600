package io.berth.local.devnet.modules.feegrant;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.Grant;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowanceResponse;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesByGranterRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesByGranterResponse;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesRequest;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryAllowancesResponse;
import io.berth.proto.cosmos.feegrant.v1beta1.QueryGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/** Serves {@code cosmos.feegrant.v1beta1.Query}. */
public final class FeegrantQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final FeegrantKeeper feegrant;

  public FeegrantQueries(StateSource source, FeegrantKeeper feegrant) {
    this.source = source;
    this.feegrant = feegrant;
  }

  @Override
  public void allowance(
      QueryAllowanceRequest request, StreamObserver<QueryAllowanceResponse> observer) {
    Replies.answer(
        observer,
        () ->
            feegrant
                .allowance(source.current(), request.getGranter(), request.getGrantee())
                .map(grant -> QueryAllowanceResponse.newBuilder().setAllowance(grant).build())
                .orElseThrow(() -> FeegrantKeeper.NO_ALLOWANCE.because("fee-grant not found")));
  }

  @Override
  public void allowances(
      QueryAllowancesRequest request, StreamObserver<QueryAllowancesResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<Grant> page =
              page(
                  request.getPagination(),
                  grant -> grant.getGrantee().equals(request.getGrantee()));
          return QueryAllowancesResponse.newBuilder()
              .addAllAllowances(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  @Override
  public void allowancesByGranter(
      QueryAllowancesByGranterRequest request,
      StreamObserver<QueryAllowancesByGranterResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<Grant> page =
              page(
                  request.getPagination(),
                  grant -> grant.getGranter().equals(request.getGranter()));
          return QueryAllowancesByGranterResponse.newBuilder()
              .addAllAllowances(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  private Page<Grant> page(PageRequest pagination, Predicate<Grant> filter) {
    return Page.cosmos(feegrant.allowances(source.current()), pagination, filter);
  }
}
