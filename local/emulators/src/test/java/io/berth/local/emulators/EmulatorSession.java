package io.berth.local.emulators;

import io.berth.local.aws.Emulator;
import io.berth.local.aws.PythonTool;
import io.berth.local.aws.PythonTool.NoInterpreterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the emulator that the system property {@code emulator} names before the first test of this
 * JVM, and stops it after the last. Without that property tests run against Berth's stand-ins. An
 * emulator that cannot be installed or started fails the build; tests are skipped only where this
 * machine has no Python for it.
 */
public final class EmulatorSession implements LauncherSessionListener {
  private static Optional<String> missing = Optional.empty();
  private static Optional<String> missingMocks = Optional.empty();

  private Optional<RunningEmulator> running = Optional.empty();

  /** Why there is no emulator to run tests against; empty if there is one. */
  static Optional<String> missing() {
    return missing;
  }

  /** Why the emulator has not read {@link MockedFunctions}; empty if it has. */
  static Optional<String> missingMocks() {
    return missingMocks;
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Optional.ofNullable(System.getProperty("emulator")).ifPresent(this::start);
  }

  private void start(String name) {
    try {
      RunningEmulator emulator = running(name);
      running = Optional.of(emulator);
      System.setProperty(Emulator.PROPERTY, emulator.endpoint().toString());
    } catch (NoInterpreterException e) {
      missing = Optional.of(e.getMessage() + "; the tests against it are skipped");
      System.out.println(missing.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static RunningEmulator running(String name)
      throws NoInterpreterException, IOException, InterruptedException {
    Optional<String> given = Optional.ofNullable(System.getenv("LOCALSTACK_ENDPOINT"));
    if (name.equals("localstack") && given.isPresent()) {
      mockFunctionsOfRunningLocalStack();
      return new RunningEmulator(URI.create(given.get()), () -> {});
    }
    ForeignEmulator emulator = ForeignEmulator.named(name);
    PythonTool python = PythonTool.installed(Path.of("../.."), name);
    Path mocks = Path.of("target", "mocked-functions.json").toAbsolutePath();
    MockedFunctions.writeTo(mocks);
    return EmulatorProcess.start(emulator, python, mocks);
  }

  private static void mockFunctionsOfRunningLocalStack() throws IOException {
    Optional<Path> file = Optional.ofNullable(System.getenv("SFN_MOCK_CONFIG")).map(Path::of);
    if (file.isPresent()) {
      MockedFunctions.writeTo(file.get());
    } else {
      missingMocks =
          Optional.of(
              "SFN_MOCK_CONFIG does not name the file that LocalStack reads mocked functions from;"
                  + " the tests with mocked functions are skipped");
      System.out.println(missingMocks.get());
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    running.ifPresent(RunningEmulator::close);
  }
}
