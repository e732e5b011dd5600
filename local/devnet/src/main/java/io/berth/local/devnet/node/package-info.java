/** The node around the modules: mempool, blocks, index of transactions, gRPC services, faults. */
package io.berth.local.devnet.node;
