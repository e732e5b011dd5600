package io.berth.functions.lifecycle;

import io.berth.domain.lifecycle.LifecycleException;
import io.berth.domain.lifecycle.StepWork;
import io.berth.functions.lifecycle.TaskProtocol.StepAnswer;
import io.berth.functions.lifecycle.TaskProtocol.StepRequest;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;

/** A task that goes on with a step; what stops the step is the invocation's error. */
abstract class StepTask extends JsonFunction<StepRequest, StepAnswer> {
  private final StepWork work;

  StepTask(StepWork work) {
    super(StepRequest.class);
    this.work = work;
  }

  @Override
  protected final void describe(StepRequest request, LogContext log) {
    log.with(LogField.OPERATION, request.operationId());
  }

  @Override
  protected final boolean isAnswer(RuntimeException error) {
    return error instanceof LifecycleException;
  }

  @Override
  protected final StepAnswer answer(StepRequest request) {
    return StepAnswer.of(work.run(request.operationId()));
  }
}
