/** The only functions that may open a wallet. */
package io.berth.functions.signer;
