/** How bids are chosen: the owner's rules, applied to each group of a deployment. */
package io.berth.domain.bidding;
