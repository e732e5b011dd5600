package io.berth.local.emulators;

import io.berth.local.aws.Emulator;
import java.util.Optional;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the emulator that the system property {@code emulator} names before the first test of this
 * JVM, and stops it after the last. Without that property tests run against Berth's stand-ins.
 */
public final class EmulatorSession implements LauncherSessionListener {
  private static Optional<String> missing = Optional.empty();

  private Optional<RunningEmulator> running = Optional.empty();

  /** Why there is no emulator to run tests against; empty if there is one. */
  static Optional<String> missing() {
    return missing;
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Optional.ofNullable(System.getProperty("emulator")).ifPresent(this::start);
  }

  private void start(String name) {
    try {
      RunningEmulator emulator =
          switch (name) {
            case "moto" -> Moto.start();
            case "localstack" -> LocalStack.start();
            default -> throw new IllegalArgumentException("no such emulator: " + name);
          };
      running = Optional.of(emulator);
      System.setProperty(Emulator.PROPERTY, emulator.endpoint().toString());
    } catch (EmulatorMissingException e) {
      missing = Optional.of(e.getMessage());
      System.out.println(e.getMessage());
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    running.ifPresent(RunningEmulator::close);
  }
}
