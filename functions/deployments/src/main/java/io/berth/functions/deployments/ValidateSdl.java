package io.berth.functions.deployments;

import io.berth.domain.deployment.SdlPolicy;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.sdl.DeploymentPlan;
import io.berth.sdl.GroupSummary;
import io.berth.sdl.Layout;
import io.berth.sdl.Problem;
import io.berth.sdl.SdlResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /v1/sdl/validate}: {@code {data: {sdl, layout?: "go" | "console"}}}, a dry run for
 * everyone. The same code as a creation reads the SDL; nothing is stored or spent.
 */
public final class ValidateSdl extends ApiHandler {
  private final SdlPolicy policy;

  /** Wired from the function's environment. */
  public ValidateSdl() {
    this(Wiring.sdlPolicy());
  }

  ValidateSdl(SdlPolicy policy) {
    this.policy = policy;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String sdl = data.string("sdl");
    String layout =
        data.isPresent("layout") ? data.oneOf("layout", List.of("go", "console")) : "go";
    body.verify();
    return ApiResponse.ok(
        report(policy.check(sdl, layout.equals("console") ? Layout.CONSOLE : Layout.GO)));
  }

  private static Map<String, Object> report(SdlResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (result) {
      case SdlResult.Valid(DeploymentPlan plan) -> {
        json.put("valid", true);
        json.put("hash", plan.hash());
        json.put("manifest", plan.manifest());
        json.put("groups", plan.groups().stream().map(ConsoleJson::group).toList());
        json.put(
            "resources",
            plan.groups().stream().map(GroupSummary::of).map(ConsoleJson::summary).toList());
        json.put("problems", List.of());
      }
      case SdlResult.Invalid(List<Problem> problems) -> {
        json.put("valid", false);
        json.put("hash", null);
        json.put("manifest", null);
        json.put("groups", List.of());
        json.put("resources", List.of());
        json.put("problems", problems.stream().map(ConsoleJson::sdlProblem).toList());
      }
    }
    return json;
  }
}
