/** The market: orders, bids and leases. */
package io.berth.local.devnet.modules.market;
