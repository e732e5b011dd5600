package io.berth.local.crashtests;

import io.berth.local.devnet.Faults;
import java.time.Duration;

/** How the chain behaves from the crash until it clears up. */
enum Weather {
  CLEAR {
    @Override
    void begin(Faults faults) {}
  },
  /** Transactions are taken, but the answers do not arrive. */
  DROPS_ANSWERS {
    @Override
    void begin(Faults faults) {
      faults.dropAnswersAfterAccept(3);
    }
  },
  /** Whatever is read is two blocks old. */
  LAGS {
    @Override
    void begin(Faults faults) {
      faults.lag(2);
    }
  },
  /** Transactions that are in blocks are "not found", for longer than their time-outs. */
  HIDES_TRANSACTIONS {
    @Override
    void begin(Faults faults) {
      faults.indexLag(1_000);
    }
  },
  /** No blocks, for longer than the time-outs. */
  HALTS {
    @Override
    void begin(Faults faults) {
      faults.halt(true);
    }
  };

  /** Long enough for every time-out in flight to pass. */
  static final Duration LASTS = Duration.ofSeconds(150);

  abstract void begin(Faults faults);
}
