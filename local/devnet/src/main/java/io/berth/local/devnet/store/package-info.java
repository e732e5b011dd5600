/** The chain's state: keys to immutable protobuf messages, versions, overlays and snapshots. */
package io.berth.local.devnet.store;
