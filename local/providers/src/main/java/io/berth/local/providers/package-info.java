/** Simulated Akash providers for a local network: they bid, check manifests and serve status. */
package io.berth.local.providers;
