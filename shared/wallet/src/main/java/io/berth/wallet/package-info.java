/** Wallet secrets: mnemonics, the keys derived from them, signatures, addresses, and sealing. */
package io.berth.wallet;
