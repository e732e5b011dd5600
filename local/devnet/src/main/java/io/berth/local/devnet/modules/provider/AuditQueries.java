package io.berth.local.devnet.modules.provider;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.audit.v1.QueryAllProvidersAttributesRequest;
import io.berth.proto.akash.audit.v1.QueryAuditorAttributesRequest;
import io.berth.proto.akash.audit.v1.QueryGrpc;
import io.berth.proto.akash.audit.v1.QueryProviderAttributesRequest;
import io.berth.proto.akash.audit.v1.QueryProviderAuditorRequest;
import io.berth.proto.akash.audit.v1.QueryProvidersResponse;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/** Serves {@code akash.audit.v1.Query}. */
public final class AuditQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final ProviderKeeper providers;

  public AuditQueries(StateSource source, ProviderKeeper providers) {
    this.source = source;
    this.providers = providers;
  }

  @Override
  public void allProvidersAttributes(
      QueryAllProvidersAttributesRequest request, StreamObserver<QueryProvidersResponse> observer) {
    Replies.answer(observer, () -> list("", request.getPagination(), one -> true));
  }

  @Override
  public void providerAttributes(
      QueryProviderAttributesRequest request, StreamObserver<QueryProvidersResponse> observer) {
    Replies.answer(
        observer, () -> known(list(request.getOwner(), request.getPagination(), one -> true)));
  }

  @Override
  public void providerAuditorAttributes(
      QueryProviderAuditorRequest request, StreamObserver<QueryProvidersResponse> observer) {
    Replies.answer(
        observer,
        () ->
            known(
                list(
                    request.getOwner(),
                    PageRequest.getDefaultInstance(),
                    one -> one.getAuditor().equals(request.getAuditor()))));
  }

  @Override
  public void auditorAttributes(
      QueryAuditorAttributesRequest request, StreamObserver<QueryProvidersResponse> observer) {
    Replies.answer(
        observer,
        () ->
            list(
                "", request.getPagination(), one -> one.getAuditor().equals(request.getAuditor())));
  }

  private QueryProvidersResponse list(
      String owner, PageRequest pagination, Predicate<AuditedProvider> filter) {
    Page<AuditedProvider> page =
        Page.cosmos(providers.audits(source.current(), owner), pagination, filter);
    return QueryProvidersResponse.newBuilder()
        .addAllProviders(page.values())
        .setPagination(page.info())
        .build();
  }

  private static QueryProvidersResponse known(QueryProvidersResponse response) {
    if (response.getProvidersList().isEmpty()) {
      throw ProviderMessages.AUDIT_NOT_FOUND.refuse();
    }
    return response;
  }
}
