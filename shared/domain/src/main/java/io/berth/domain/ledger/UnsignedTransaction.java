package io.berth.domain.ledger;

import io.berth.domain.Bytes;

/**
 * Everything a signature is made over (SIGN_MODE_DIRECT): once this is recorded, messages, fee,
 * gas, memo and time-out cannot change.
 *
 * @param body encoded {@code cosmos.tx.v1beta1.TxBody}
 * @param authInfo encoded {@code cosmos.tx.v1beta1.AuthInfo}
 * @param replay as the bytes have it
 */
public record UnsignedTransaction(
    Bytes body, Bytes authInfo, String chainId, long accountNumber, Replay replay) {}
