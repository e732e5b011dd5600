/** A provider's own line to an Akash node: it reads the market and sends its transactions. */
package io.berth.local.providers.chain;
