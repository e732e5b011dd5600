package io.berth.local.devnet.modules.deployment;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.States;
import io.berth.local.devnet.modules.escrow.EscrowIds;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1beta4.DeploymentFilters;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentsResponse;
import io.berth.proto.akash.deployment.v1beta4.QueryGroupRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryGroupResponse;
import io.berth.proto.akash.deployment.v1beta4.QueryGrpc;
import io.berth.proto.akash.deployment.v1beta4.QueryParamsRequest;
import io.berth.proto.akash.deployment.v1beta4.QueryParamsResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@code akash.deployment.v1beta4.Query}. */
public final class DeploymentQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final DeploymentKeeper deployments;
  private final EscrowKeeper escrow;

  public DeploymentQueries(StateSource source, DeploymentKeeper deployments, EscrowKeeper escrow) {
    this.source = source;
    this.deployments = deployments;
    this.escrow = escrow;
  }

  @Override
  public void deployments(
      QueryDeploymentsRequest request, StreamObserver<QueryDeploymentsResponse> observer) {
    Replies.answer(observer, () -> list(source.current(), request));
  }

  private QueryDeploymentsResponse list(Reader state, QueryDeploymentsRequest request) {
    DeploymentFilters filters = request.getFilters();
    States.check(filters.getState(), Deployment.State.values());
    Page<Deployment> page =
        Page.akash(
            deployments.deployments(state, filters.getOwner()),
            request.getPagination(),
            deployment -> matches(filters, deployment),
            filters.getState());
    QueryDeploymentsResponse.Builder response =
        QueryDeploymentsResponse.newBuilder().setPagination(page.info());
    page.values().forEach(deployment -> response.addDeployments(whole(state, deployment)));
    return response.build();
  }

  private static boolean matches(DeploymentFilters filters, Deployment deployment) {
    return (filters.getDseq() == 0 || filters.getDseq() == deployment.getId().getDseq())
        && States.matches(filters.getState(), deployment.getState());
  }

  @Override
  public void deployment(
      QueryDeploymentRequest request, StreamObserver<QueryDeploymentResponse> observer) {
    Replies.answer(
        observer,
        () -> {
          Reader state = source.current();
          return deployments
              .deployment(state, request.getId())
              .map(deployment -> whole(state, deployment))
              .orElseThrow(DeploymentErrors.NOT_FOUND::refuse);
        });
  }

  private QueryDeploymentResponse whole(Reader state, Deployment deployment) {
    QueryDeploymentResponse.Builder response =
        QueryDeploymentResponse.newBuilder()
            .setDeployment(deployment)
            .addAllGroups(deployments.groups(state, deployment.getId()));
    escrow.account(state, EscrowIds.of(deployment.getId())).ifPresent(response::setEscrowAccount);
    return response.build();
  }

  @Override
  public void group(QueryGroupRequest request, StreamObserver<QueryGroupResponse> observer) {
    Replies.answer(
        observer,
        () ->
            deployments
                .group(source.current(), request.getId())
                .map(group -> QueryGroupResponse.newBuilder().setGroup(group).build())
                .orElseThrow(DeploymentErrors.GROUP_NOT_FOUND::refuse));
  }

  @Override
  public void params(QueryParamsRequest request, StreamObserver<QueryParamsResponse> observer) {
    Replies.answer(
        observer,
        () -> QueryParamsResponse.newBuilder().setParams(DeploymentParams.params()).build());
  }
}
