/** Which orders a provider can fulfil, and at what price. */
package io.berth.local.providers.bidding;
