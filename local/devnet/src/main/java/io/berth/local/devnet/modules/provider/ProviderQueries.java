package io.berth.local.devnet.modules.provider;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.berth.proto.akash.provider.v1beta4.QueryGrpc;
import io.berth.proto.akash.provider.v1beta4.QueryProviderRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProviderResponse;
import io.berth.proto.akash.provider.v1beta4.QueryProvidersRequest;
import io.berth.proto.akash.provider.v1beta4.QueryProvidersResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@code akash.provider.v1beta4.Query}. */
public final class ProviderQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final ProviderKeeper providers;

  public ProviderQueries(StateSource source, ProviderKeeper providers) {
    this.source = source;
    this.providers = providers;
  }

  @Override
  public void providers(
      QueryProvidersRequest request, StreamObserver<QueryProvidersResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Page<Provider> page =
              Page.cosmos(
                  providers.providers(source.current()), request.getPagination(), one -> true);
          return QueryProvidersResponse.newBuilder()
              .addAllProviders(page.values())
              .setPagination(page.info())
              .build();
        });
  }

  @Override
  public void provider(
      QueryProviderRequest request, StreamObserver<QueryProviderResponse> observer) {
    Replies.answer(
        observer,
        () ->
            providers
                .provider(source.current(), request.getOwner())
                .map(one -> QueryProviderResponse.newBuilder().setProvider(one).build())
                .orElseThrow(ProviderMessages.NOT_FOUND::refuse));
  }
}
