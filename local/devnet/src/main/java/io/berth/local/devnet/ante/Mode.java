package io.berth.local.devnet.ante;

/** Why a transaction is run. */
public enum Mode {
  /** For admission to the mempool: the messages do not run. */
  CHECK,
  /** In a block. */
  DELIVER,
  /** To learn its gas: signatures and the gas limit do not matter. */
  SIMULATE
}
