package io.berth.local.emulators;

import java.net.URI;

/** An emulator of AWS that serves all services at one address. */
record RunningEmulator(URI endpoint, Runnable stop) implements AutoCloseable {

  @Override
  public void close() {
    stop.run();
  }
}
