package io.berth.local.emulators;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * An emulator of AWS that others wrote, run as a process in a Python environment.
 *
 * @param name as {@code python/install.sh} and the tags of known faults know it
 * @param arguments of the interpreter, for a port
 * @param environment for a port and the file with the answers of mocked functions
 */
record ForeignEmulator(
    String name,
    IntFunction<List<String>> arguments,
    BiFunction<Integer, Path, Map<String, String>> environment) {

  /** As https://docs.getmoto.org/en/latest/docs/server_mode.html describes it. */
  private static final ForeignEmulator MOTO =
      new ForeignEmulator(
          "moto",
          port -> List.of("-m", "moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port)),
          (port, mocks) -> Map.of());

  /** Without {@code BIND_HOST} it listens on all interfaces. It takes no time for Wait states. */
  private static final ForeignEmulator MINISTACK =
      new ForeignEmulator(
          "ministack",
          port -> List.of("-m", "ministack"),
          (port, mocks) ->
              Map.ofEntries(
                  entry("BIND_HOST", "127.0.0.1"),
                  entry("GATEWAY_PORT", Integer.toString(port)),
                  entry("SFN_WAIT_SCALE", "0"),
                  entry("SFN_MOCK_CONFIG", mocks.toString())));

  /**
   * In its host mode: no Docker, no account. Its usual server ignores the host of {@code
   * GATEWAY_LISTEN} and listens on all interfaces; hypercorn does not.
   */
  private static final ForeignEmulator LOCALSTACK =
      new ForeignEmulator(
          "localstack",
          port -> List.of("-m", "localstack.runtime.main"),
          ForeignEmulator::localStack);

  static ForeignEmulator named(String name) {
    return Stream.of(MOTO, MINISTACK, LOCALSTACK)
        .filter(emulator -> emulator.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such emulator: " + name));
  }

  private static Map<String, String> localStack(int port, Path mocks) {
    Path root = Path.of("target/localstack").toAbsolutePath();
    linkJavaRuntime(root);
    return Map.ofEntries(
        entry("GATEWAY_LISTEN", "127.0.0.1:" + port),
        entry("GATEWAY_SERVER", "hypercorn"),
        entry("OVERRIDE_IN_DOCKER", "0"),
        entry("DNS_ADDRESS", "0"),
        entry("DISABLE_EVENTS", "1"),
        entry("SKIP_SSL_CERT_DOWNLOAD", "1"),
        entry("EAGER_SERVICE_LOADING", "0"),
        entry("FILESYSTEM_ROOT", root.toString()),
        entry("LOCALSTACK_VOLUME_DIR", root.resolve("volume").toString()),
        entry("SFN_MOCK_CONFIG", mocks.toString()));
  }

  /**
   * LocalStack evaluates JSONata in a Java runtime that it would download to {@code lib/java/21},
   * with libraries that the profile {@code judges} copies to {@code lib/jsonata}. The link gives it
   * the runtime of these tests.
   */
  private static void linkJavaRuntime(Path root) {
    Path runtime = root.resolve("var/lib/localstack/lib/java/21");
    try {
      Files.createDirectories(runtime.getParent());
      Files.deleteIfExists(runtime);
      Files.createSymbolicLink(runtime, Path.of(System.getProperty("java.home")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
