package io.berth.functions.leases;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.SpendingHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/leases}: accepts bids of one deployment and sends the manifest to their
 * providers.
 *
 * <p>Takes Console's {@code {manifest?, leases: [{dseq, gseq, oseq, provider}]}} and AEP-63's array
 * of {@code {sdl?, dseq, gseq, oseq?, provider}}. A manifest or SDL given is ignored: Berth kept
 * the one whose hash is on the chain, and providers take no other.
 */
public final class CreateLeases extends SpendingHandler {
  private final Leasing leasing;
  private final DeploymentReader reader;

  /** Wired from the function's environment. */
  public CreateLeases() {
    this(
        Wiring.leasing(),
        Wiring.reader(),
        Wiring.retries(),
        Wiring.trail(),
        InstantSource.system());
  }

  CreateLeases(
      Leasing leasing,
      DeploymentReader reader,
      SafeRetries retries,
      AuditTrail trail,
      InstantSource clock) {
    super(retries, trail, clock);
    this.leasing = leasing;
    this.reader = reader;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    String userId = request.principal().userId();
    Fields body = Fields.ofAny(request.body());
    List<Fields> items = body.isList() ? body.items() : body.list("leases");
    long dseq = 1;
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Fields item = items.get(i);
      long itsDseq = item.dseq("dseq");
      if (i > 0 && itsDseq != dseq) {
        item.reject("dseq", "All leases must be of one deployment");
      }
      dseq = itsDseq;
      choices.add(
          new Choice(
              item.positiveInt("gseq"),
              item.isPresent("oseq") ? item.positiveInt("oseq") : 1,
              item.address("provider")));
    }
    body.verify();
    leasing.lease(userId, dseq, choices);
    return ApiResponse.ok(ConsoleJson.deployment(reader.view(userId, dseq)));
  }
}
