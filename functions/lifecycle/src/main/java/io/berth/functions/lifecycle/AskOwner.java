package io.berth.functions.lifecycle;

import io.berth.domain.lifecycle.OwnersChoice;
import io.berth.functions.lifecycle.TaskProtocol.ChoiceRequest;
import io.berth.functions.lifecycle.TaskProtocol.Nothing;
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
  protected Nothing answer(ChoiceRequest request) {
    choice.await(request.operationId(), request.taskToken());
    return new Nothing();
  }
}
