/** The deployment lifecycle: create, bids, leases, manifest, status, close. */
package io.berth.domain.deployment;
