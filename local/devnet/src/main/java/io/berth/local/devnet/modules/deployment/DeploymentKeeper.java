package io.berth.local.devnet.modules.deployment;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Keys;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1.EventDeploymentClosed;
import io.berth.proto.akash.deployment.v1.EventDeploymentCreated;
import io.berth.proto.akash.deployment.v1.EventDeploymentUpdated;
import io.berth.proto.akash.deployment.v1.EventGroupClosed;
import io.berth.proto.akash.deployment.v1.EventGroupPaused;
import io.berth.proto.akash.deployment.v1.EventGroupStarted;
import io.berth.proto.akash.deployment.v1.GroupID;
import io.berth.proto.akash.deployment.v1beta4.Group;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps deployments and groups, and leaves an event for each change. */
public final class DeploymentKeeper {

  private static final String DEPLOYMENTS = "deployment/deployment/";
  private static final String GROUPS = "deployment/group/";

  /** The deployment of an id. */
  public Optional<Deployment> deployment(Reader state, DeploymentID id) {
    return state.get(key(id), Deployment.class);
  }

  /** Deployments by state key: ascending owner, then dseq. */
  NavigableMap<String, Deployment> deployments(Reader state, String owner) {
    return state.scan(owner.isEmpty() ? DEPLOYMENTS : DEPLOYMENTS + owner + "/", Deployment.class);
  }

  /** The group of an id. */
  public Optional<Group> group(Reader state, GroupID id) {
    return state.get(key(id), Group.class);
  }

  /** A deployment's groups, in gseq order. */
  public List<Group> groups(Reader state, DeploymentID id) {
    return List.copyOf(state.scan(groupsOf(id.getOwner(), id.getDseq()), Group.class).values());
  }

  void create(Context context, Deployment deployment, List<Group> groups) {
    context.set(key(deployment.getId()), deployment);
    groups.forEach(group -> context.set(key(group.getId()), group));
    context.emit(
        EventDeploymentCreated.newBuilder()
            .setId(deployment.getId())
            .setHash(deployment.getHash())
            .build());
  }

  void update(Context context, Deployment deployment) {
    context.set(key(deployment.getId()), deployment);
    context.emit(
        EventDeploymentUpdated.newBuilder()
            .setId(deployment.getId())
            .setHash(deployment.getHash())
            .build());
  }

  /** Closes an active deployment; its groups are closed one by one. */
  public void close(Context context, Deployment deployment) {
    context.set(
        key(deployment.getId()), deployment.toBuilder().setState(Deployment.State.closed).build());
    context.emit(EventDeploymentClosed.newBuilder().setId(deployment.getId()).build());
  }

  /** Ends a group as closed or without funds. */
  public void closeGroup(Context context, Group group, Group.State state) {
    put(context, group, state);
    context.emit(EventGroupClosed.newBuilder().setId(group.getId()).build());
  }

  /** Pauses a group, as its owner asks or because its provider left. */
  public void pauseGroup(Context context, Group group) {
    put(context, group, Group.State.paused);
    context.emit(EventGroupPaused.newBuilder().setId(group.getId()).build());
  }

  void startGroup(Context context, Group group) {
    put(context, group, Group.State.open);
    context.emit(EventGroupStarted.newBuilder().setId(group.getId()).build());
  }

  private static void put(Context context, Group group, Group.State state) {
    context.set(key(group.getId()), group.toBuilder().setState(state).build());
  }

  private static String key(DeploymentID id) {
    return DEPLOYMENTS + id.getOwner() + "/" + Keys.of(id.getDseq());
  }

  private static String key(GroupID id) {
    return groupsOf(id.getOwner(), id.getDseq()) + Keys.of(id.getGseq());
  }

  private static String groupsOf(String owner, long dseq) {
    return GROUPS + owner + "/" + Keys.of(dseq) + "/";
  }
}
