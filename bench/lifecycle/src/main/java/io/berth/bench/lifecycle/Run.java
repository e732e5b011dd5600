package io.berth.bench.lifecycle;

/**
 * One deployment, in seconds from its request.
 *
 * @param floor until the third block after the request: the first that can hold the deployment, the
 *     next the bid on it, and the next the lease
 * @param created until the deployment was known to be on the chain
 * @param chosen until a bid was chosen
 * @param leased until the lease was known to be active
 * @param accepted until the provider had accepted the manifest
 * @param blocks from the request to the lease's block; 3 are the floor
 */
record Run(
    double floor, double created, double chosen, double leased, double accepted, long blocks) {}
