package io.berth.functions.lifecycle;

import io.berth.domain.lifecycle.OwnersChoice;
import io.berth.functions.lifecycle.TaskProtocol.ChoiceRequest;
import io.berth.functions.lifecycle.TaskProtocol.Nothing;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;

/** Lets the machine wait until the owner chooses bids. */
public final class AskOwner extends JsonFunction<ChoiceRequest, Nothing> {
  private final OwnersChoice choice;

  /** Wired from the function's environment. */
  public AskOwner() {
    this(Wiring.ownersChoice());
  }

  AskOwner(OwnersChoice choice) {
    super(ChoiceRequest.class);
    this.choice = choice;
  }

  @Override
  protected void describe(ChoiceRequest request, LogContext log) {
    log.with(LogField.OPERATION, request.operationId());
  }

  @Override
  protected Nothing answer(ChoiceRequest request) {
    choice.await(request.operationId(), request.taskToken());
    return new Nothing();
  }
}
