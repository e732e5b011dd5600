package io.berth.functions.deployments;

import io.berth.domain.deployment.DeploymentEvents;
import io.berth.domain.deployment.DeploymentEvents.LeaseEvents;
import io.berth.domain.deployment.DeploymentEvents.NamedEvent;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.deployment.KeptEvent;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Fields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /v1/deployments/{dseq}/events?since}: what the providers' clusters reported of a
 * deployment, now and before.
 */
public final class GetDeploymentEvents extends ApiHandler {
  private final EventKeeper keeper;

  /** Wired from the function's environment. */
  public GetDeploymentEvents() {
    this(Wiring.events());
  }

  GetDeploymentEvents(EventKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields parameters = Fields.ofParameters();
    long dseq = parameters.dseq("dseq", Optional.of(request.pathParameter("dseq")));
    Optional<Instant> since =
        request.queryParameter("since").flatMap(text -> time(parameters, text));
    parameters.verify();
    return ApiResponse.ok(json(keeper.read(userId, dseq, since)));
  }

  private static Optional<Instant> time(Fields parameters, String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      parameters.reject("since", "Invalid datetime");
      return Optional.empty();
    }
  }

  private static Map<String, Object> json(DeploymentEvents events) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("events", events.events().stream().map(GetDeploymentEvents::json).toList());
    json.put("caps", ReadJson.caps(events.caps(), "events"));
    json.put("leases", events.leases().stream().map(GetDeploymentEvents::json).toList());
    return json;
  }

  private static Map<String, Object> json(LeaseEvents lease) {
    return ReadJson.lease(lease.lease().id(), lease.outcome());
  }

  private static Map<String, Object> json(NamedEvent named) {
    KeptEvent kept = named.event();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("service", named.service());
    json.put("provider", kept.lease().provider());
    json.put("gseq", kept.lease().order().gseq());
    json.put("oseq", kept.lease().order().oseq());
    json.put("type", kept.event().type());
    json.put("reason", kept.event().reason());
    json.put("note", kept.event().note());
    json.put("object", Map.of("kind", kept.event().kind(), "name", kept.event().object()));
    json.put("firstSeen", kept.event().receivedAt().toString());
    return json;
  }
}
