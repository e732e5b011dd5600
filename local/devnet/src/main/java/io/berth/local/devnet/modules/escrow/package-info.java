/** Escrow: deposits, what leases take from them block by block, and what is returned. */
package io.berth.local.devnet.modules.escrow;
