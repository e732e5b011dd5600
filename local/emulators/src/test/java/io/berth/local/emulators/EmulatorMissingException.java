package io.berth.local.emulators;

/** This machine does not have the emulator. The message says what is missing, in one line. */
final class EmulatorMissingException extends Exception {
  EmulatorMissingException(String what) {
    super(what + "; the tests against it are skipped");
  }
}
