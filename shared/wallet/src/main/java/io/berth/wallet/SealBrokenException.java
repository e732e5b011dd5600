package io.berth.wallet;

/**
 * Sealed bytes do not open: malformed, changed, made for another wallet or by another key. Which of
 * these is deliberately not said.
 */
public final class SealBrokenException extends RuntimeException {
  SealBrokenException() {
    super("the seal does not open");
  }
}
