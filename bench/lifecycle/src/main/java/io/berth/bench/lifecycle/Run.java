package io.berth.bench.lifecycle;

/**
 * One deployment, in seconds from its request.
 *
 * @param floor until the first block that could have held the lease
 * @param created until the deployment was known to be on the chain
 * @param chosen until a bid was chosen
 * @param leased until the lease was known to be active
 * @param accepted until the provider had accepted the manifest
 * @param blocks from the newest at the request to the lease's
 */
record Run(
    double floor, double created, double chosen, double leased, double accepted, long blocks) {}
