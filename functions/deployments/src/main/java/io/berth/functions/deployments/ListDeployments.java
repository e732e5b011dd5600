package io.berth.functions.deployments;

import io.berth.domain.akash.Deployment;
import io.berth.domain.deployment.DeploymentLister;
import io.berth.domain.deployment.DeploymentLister.Page;
import io.berth.domain.deployment.DeploymentLister.Query;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Cursor;
import io.berth.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /v1/deployments?state&reverse&skip&limit&cursor}: the user's deployments; without
 * parameters all that are active, the oldest first.
 */
public final class ListDeployments extends ApiHandler {
  private static final List<String> STATES = List.of("active", "closed", "all");

  private final DeploymentLister lister;

  /** Wired from the function's environment. */
  public ListDeployments() {
    this(Wiring.lister());
  }

  ListDeployments(DeploymentLister lister) {
    this.lister = lister;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Query query = query(request);
    return ApiResponse.ok(json(lister.list(userId, query), query));
  }

  private static Query query(ApiRequest request) {
    Fields query = Fields.ofParameters();
    Optional<Integer> skip = query.queryInt("skip", request.queryParameter("skip"), 0);
    Optional<Integer> limit = query.queryInt("limit", request.queryParameter("limit"), 1);
    String state =
        query.queryOneOf("state", request.queryParameter("state"), STATES).orElse("active");
    boolean reverse =
        query
            .queryOneOf("reverse", request.queryParameter("reverse"), List.of("true", "false"))
            .map(Boolean::parseBoolean)
            .orElse(false);
    Optional<Long> after = Cursor.read(query, "cursor", request.queryParameter("cursor"));
    if (after.isPresent() && skip.isPresent()) {
      query.rejectQuery("skip", "skip and cursor exclude each other");
    }
    query.verify();
    return new Query(
        state.equals("all")
            ? Optional.empty()
            : Optional.of(Deployment.State.valueOf(state.toUpperCase(Locale.ROOT))),
        reverse,
        after,
        skip.orElse(0),
        limit);
  }

  private static Map<String, Object> json(Page page, Query query) {
    Map<String, Object> pagination = new LinkedHashMap<>();
    pagination.put("total", page.total());
    pagination.put("skip", query.skip());
    pagination.put("limit", page.limit());
    pagination.put("hasMore", page.hasMore());
    pagination.put("nextCursor", page.next().map(Cursor::text).orElse(null));
    return Map.of(
        "deployments",
        page.deployments().stream().map(ConsoleJson::listedDeployment).toList(),
        "pagination",
        pagination);
  }
}
