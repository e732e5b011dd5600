/** Transactions that happen at most once: intents, their states, and how an outcome is awaited. */
package io.berth.domain.ledger;
