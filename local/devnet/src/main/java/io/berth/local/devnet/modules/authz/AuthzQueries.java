package io.berth.local.devnet.modules.authz;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.cosmos.authz.v1beta1.GrantAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranteeGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranteeGrantsResponse;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranterGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranterGrantsResponse;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrantsResponse;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrpc;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/** Serves {@code cosmos.authz.v1beta1.Query}. */
public final class AuthzQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final AuthzKeeper authz;

  public AuthzQueries(StateSource source, AuthzKeeper authz) {
    this.source = source;
    this.authz = authz;
  }

  @Override
  public void grants(QueryGrantsRequest request, StreamObserver<QueryGrantsResponse> observer) {
    Replies.answer(observer, () -> list(request));
  }

  /** Of one pair; with a type of message, a missing grant is an error and not an empty list. */
  private QueryGrantsResponse list(QueryGrantsRequest request) {
    String type = request.getMsgTypeUrl();
    Page<GrantAuthorization> page =
        page(
            request.getPagination(),
            grant ->
                grant.getGranter().equals(request.getGranter())
                    && grant.getGrantee().equals(request.getGrantee())
                    && (type.isEmpty() || type.equals(AuthzKeeper.messageType(grant))));
    if (!type.isEmpty() && page.entries().isEmpty()) {
      throw AuthzKeeper.NOT_FOUND.because("authorization not found for %s type".formatted(type));
    }
    return QueryGrantsResponse.newBuilder()
        .addAllGrants(page.values().stream().map(AuthzKeeper::bare).toList())
        .setPagination(page.info())
        .build();
  }

  @Override
  public void granterGrants(
      QueryGranterGrantsRequest request, StreamObserver<QueryGranterGrantsResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<GrantAuthorization> page =
              page(
                  request.getPagination(),
                  grant -> grant.getGranter().equals(request.getGranter()));
          return QueryGranterGrantsResponse.newBuilder()
              .addAllGrants(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  @Override
  public void granteeGrants(
      QueryGranteeGrantsRequest request, StreamObserver<QueryGranteeGrantsResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<GrantAuthorization> page =
              page(
                  request.getPagination(),
                  grant -> grant.getGrantee().equals(request.getGrantee()));
          return QueryGranteeGrantsResponse.newBuilder()
              .addAllGrants(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  private Page<GrantAuthorization> page(
      PageRequest pagination, Predicate<GrantAuthorization> filter) {
    return Page.cosmos(authz.grants(source.current()), pagination, filter);
  }
}
