/** Balances and transfers. */
package io.berth.local.devnet.modules.bank;
