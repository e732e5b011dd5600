/** Starts the whole system on one machine: devnet, providers, AWS stand-ins, gateway, functions. */
package io.berth.local.stack;
