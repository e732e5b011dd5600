/** Bids of providers on a deployment. */
package io.berth.functions.bids;
