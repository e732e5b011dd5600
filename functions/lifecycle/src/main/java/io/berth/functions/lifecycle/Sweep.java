package io.berth.functions.lifecycle;

import io.berth.domain.lifecycle.Sweeper;
import io.berth.domain.lifecycle.Sweeper.Swept;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of operations that no execution takes care of: of one when EventBridge tells that its
 * execution ended badly, of all by schedule. Fails if it had to give one up, which is what the
 * alarm goes by.
 */
public final class Sweep extends JsonFunction<Sweep.Occasion, Sweep.Report> {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Sweeper sweeper;

  /**
   * An event of EventBridge.
   *
   * @param detail of an execution's change of status; without a name by schedule
   */
  public record Occasion(Detail detail) {
    /** The execution's name, which is the operation's id. */
    public record Detail(String name) {}
  }

  /** How many operations became what. */
  public record Report(Map<Sweeper.Sweep, Long> swept) {}

  /** Wired from the function's environment. */
  public Sweep() {
    this(Wiring.sweeper());
  }

  Sweep(Sweeper sweeper) {
    super(Occasion.class);
    this.sweeper = sweeper;
  }

  @Override
  protected Report answer(Occasion occasion) {
    List<Swept> swept =
        Optional.ofNullable(occasion.detail())
            .map(Occasion.Detail::name)
            .map(id -> sweeper.sweep(id).stream().toList())
            .orElseGet(sweeper::sweep);
    swept.stream().filter(each -> each.sweep() != Sweeper.Sweep.LEFT).forEach(Sweep::log);
    List<String> givenUp =
        swept.stream()
            .filter(each -> each.sweep() == Sweeper.Sweep.GIVEN_UP)
            .map(Swept::operationId)
            .toList();
    if (!givenUp.isEmpty()) {
      throw new IllegalStateException("an operator must look at operations " + givenUp);
    }
    return new Report(
        swept.stream().collect(Collectors.groupingBy(Swept::sweep, Collectors.counting())));
  }

  private static void log(Swept swept) {
    try (LogContext _ = LogContext.open().with(LogField.OPERATION, swept.operationId())) {
      LOG.info("operation {}: {}", swept.operationId(), swept.sweep());
    }
  }
}
