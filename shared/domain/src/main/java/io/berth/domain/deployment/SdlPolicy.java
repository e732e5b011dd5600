package io.berth.domain.deployment;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Group;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.sdl.DeploymentPlan;
import io.berth.sdl.Layout;
import io.berth.sdl.Sdl;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.SdlResult;
import io.berth.sdl.UpdateCheck;
import io.berth.sdl.group.GroupSpec;
import java.util.List;
import java.util.Optional;

/** How Berth reads its users' SDLs. */
public final class SdlPolicy {
  private final SdlOptions options;

  /**
   * Prices become uact, the only denomination the chain takes for new deployments.
   *
   * @param auditors addresses of whom one must have signed a provider's attributes; empty for any
   *     provider
   */
  public SdlPolicy(List<String> auditors) {
    this.options = new SdlOptions(Layout.GO, Optional.of(Coin.UACT), auditors);
  }

  /** Reads an SDL as {@link #plan} does, in either layout, and reports rather than refuses. */
  public SdlResult check(String sdl, Layout layout) {
    return Sdl.plan(sdl, new SdlOptions(layout, options.denom(), options.auditors()));
  }

  /**
   * The plan of an SDL that a deployment can be updated to.
   *
   * @throws Refusal if the SDL is invalid, or asks for other resources than the deployment has
   */
  public DeploymentPlan planUpdate(String sdl, Deployment deployment) {
    List<GroupSpec> groups = deployment.groups().stream().map(Group::spec).toList();
    return switch (UpdateCheck.of(sdl, options, groups, deployment.hash().hex())) {
      case UpdateCheck.Same(DeploymentPlan plan) -> plan;
      case UpdateCheck.ManifestOnly(DeploymentPlan plan) -> plan;
      case UpdateCheck.Invalid(List<io.berth.sdl.Problem> problems) ->
          throw new Refusal(new Problem.InvalidSdl(problems));
      case UpdateCheck.ResourcesChanged(List<String> differences) ->
          throw new Refusal(
              new Problem.Impossible(
                  "Resources cannot change while a deployment runs; close it and create another: "
                      + String.join("; ", differences)));
    };
  }

  /**
   * The plan of a valid SDL.
   *
   * @throws Refusal with every problem of an invalid one
   */
  public DeploymentPlan plan(String sdl) {
    return switch (check(sdl, options.layout())) {
      case SdlResult.Valid(DeploymentPlan plan) -> plan;
      case SdlResult.Invalid(List<io.berth.sdl.Problem> problems) ->
          throw new Refusal(new Problem.InvalidSdl(problems));
    };
  }
}
