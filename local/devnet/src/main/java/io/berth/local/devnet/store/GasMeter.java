package io.berth.local.devnet.store;

/** Counts the gas of one transaction and stops it at its limit. */
public final class GasMeter {

  /** What a transaction without a limit has: simulations and the chain's own work. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final long limit;
  private long used;

  public GasMeter(long limit) {
    this.limit = limit;
  }

  /**
   * Adds to what was used.
   *
   * @throws OutOfGasException when that is more than the limit
   */
  public void consume(long gas, String location) {
    used = Math.addExact(used, gas);
    if (used > limit) {
      throw new OutOfGasException(location, limit, used);
    }
  }

  /** Gas used so far, including what went over the limit. */
  public long used() {
    return used;
  }

  /** Thrown inside a transaction that used more gas than it declared. */
  public static final class OutOfGasException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfGasException(String location, long wanted, long used) {
      super(
          "out of gas in location: %s; gasWanted: %d, gasUsed: %d: out of gas"
              .formatted(location, wanted, used));
    }
  }
}
