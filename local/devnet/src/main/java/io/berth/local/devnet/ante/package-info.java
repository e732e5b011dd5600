/** What happens to a transaction before its messages run: decoding, fees, signatures, replays. */
package io.berth.local.devnet.ante;
