/** A faithful Akash node in one process: {@link io.berth.local.devnet.Devnet} starts it. */
package io.berth.local.devnet;
