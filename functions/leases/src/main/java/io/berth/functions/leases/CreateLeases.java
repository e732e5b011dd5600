package io.berth.functions.leases;

import io.berth.domain.deployment.DeploymentReader;
import io.berth.domain.deployment.Leasing;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.lifecycle.Decision;
import io.berth.domain.lifecycle.Decision.Standing;
import io.berth.domain.lifecycle.Fault;
import io.berth.domain.lifecycle.Operation;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.SpendingHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/leases}: accepts bids of one deployment and sends the manifest to their
 * providers.
 *
 * <p>Takes Console's {@code {manifest?, leases: [{dseq, gseq, oseq, provider}]}} and AEP-63's array
 * of {@code {sdl?, dseq, gseq, oseq?, provider}}. A manifest or SDL given is ignored: Berth kept
 * the one whose hash is on the chain, and providers take no other.
 */
public final class CreateLeases extends SpendingHandler {
  private final OperationDesk operations;
  private final Leasing leasing;
  private final DeploymentReader reader;
  private final Duration patience;

  /** Wired from the function's environment. */
  public CreateLeases() {
    this(
        Wiring.operations(),
        Wiring.leasing(),
        Wiring.reader(),
        Wiring.patience(),
        Wiring.retries(),
        InstantSource.system());
  }

  CreateLeases(
      OperationDesk operations,
      Leasing leasing,
      DeploymentReader reader,
      Duration patience,
      SafeRetries retries,
      InstantSource clock) {
    super(retries, clock);
    this.operations = operations;
    this.patience = patience;
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
    lease(userId, dseq, choices);
    return ApiResponse.ok(ConsoleJson.deployment(reader.view(userId, dseq)));
  }

  /** By the deployment's operation if it waits for that; else, as when it is over, right here. */
  private void lease(String userId, long dseq, List<Choice> choices) {
    Optional<Operation> chosen = operations.choose(userId, dseq, choices);
    if (chosen.isEmpty()) {
      leasing.lease(userId, dseq, choices);
      return;
    }
    Operation known =
        operations.await(chosen.get().id(), operation -> isOver(operation, choices), patience);
    Optional<Decision> decision = decisionOn(known, choices);
    if (decision.filter(last -> last.standing() == Standing.ACCEPTED).isEmpty()) {
      throw new Refusal(problem(known, decision));
    }
  }

  private static boolean isOver(Operation operation, List<Choice> choices) {
    return decisionOn(operation, choices).filter(Decision::isOver).isPresent();
  }

  private static Optional<Decision> decisionOn(Operation operation, List<Choice> choices) {
    return operation.decision().filter(last -> last.isFor(choices));
  }

  private static Problem problem(Operation operation, Optional<Decision> decision) {
    return decision
        .flatMap(Decision::fault)
        .or(operation::fault)
        .map(Fault::problem)
        .orElseGet(
            () ->
                operation.isOver()
                    ? new Problem.Impossible("Deployment closed")
                    : new Problem.OutcomeUnknown(
                        "The leases are under way. Repeat the request to see how they end."));
  }
}
