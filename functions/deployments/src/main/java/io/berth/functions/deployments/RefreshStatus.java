package io.berth.functions.deployments;

import io.berth.domain.status.StatusRefresher;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.LambdaRefreshes.Refresh;

/**
 * Asks the providers of a deployment's active leases for its status and keeps the answers. Invoked
 * asynchronously when someone was shown an old status.
 */
public final class RefreshStatus extends JsonFunction<Refresh, RefreshStatus.Refreshed> {

  /** How many providers were asked; none if the status is new, or others are asking. */
  public record Refreshed(int asked) {}

  private final StatusRefresher refresher;

  /** Wired from the function's environment. */
  public RefreshStatus() {
    this(Wiring.statusRefresher());
  }

  RefreshStatus(StatusRefresher refresher) {
    super(Refresh.class);
    this.refresher = refresher;
  }

  @Override
  protected void describe(Refresh request, LogContext log) {
    log.with(LogField.USER, request.userId()).with(LogField.DSEQ, Long.toString(request.dseq()));
  }

  @Override
  protected Refreshed answer(Refresh request) {
    return new Refreshed(refresher.refresh(request.userId(), request.dseq()));
  }
}
