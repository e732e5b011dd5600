/** Accounts, their numbers and sequences, and the nonces of unordered transactions. */
package io.berth.local.devnet.modules.auth;
