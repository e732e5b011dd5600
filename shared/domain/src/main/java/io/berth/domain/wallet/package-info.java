/**
 * Users' wallets as everyone but the signer sees them: an address, a public key, a sealed secret.
 */
package io.berth.domain.wallet;
