/** Akash over gRPC: messages, transactions, and the client of a node. */
package io.berth.chain;
