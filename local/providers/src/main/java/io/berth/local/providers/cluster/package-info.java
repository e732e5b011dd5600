/** What runs at a provider for its leases, as a Kubernetes cluster would show it. */
package io.berth.local.providers.cluster;
