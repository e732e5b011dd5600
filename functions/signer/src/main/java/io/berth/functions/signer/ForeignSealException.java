package io.berth.functions.signer;

/** A seal opens, but not to the mnemonic of the wallet in whose row it is. */
final class ForeignSealException extends RuntimeException {
  ForeignSealException() {
    super("the seal is of another wallet's mnemonic");
  }
}
