/** Leases: accept bids, send manifests. */
package io.berth.functions.leases;
