package io.berth.local.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python program that tests run, in a virtual environment of its own. {@code
 * local/emulators/python} pins its packages and installs them.
 *
 * @param python the environment's interpreter
 */
public record PythonTool(Path python) {
  /** Exit status of the script where this machine has no interpreter that fits. */
  private static final int NO_INTERPRETER = 3;

  /** This machine has no Python that the program runs with. The message says so in one line. */
  public static final class NoInterpreterException extends Exception {
    private NoInterpreterException(String message) {
      super(message);
    }
  }

  /**
   * Installs a program, unless it is there.
   *
   * @param root of the repository
   * @param name as {@code install.sh} knows it
   * @throws IllegalStateException if the installation fails
   */
  public static PythonTool installed(Path root, String name)
      throws NoInterpreterException, IOException, InterruptedException {
    String script = root.resolve("local/emulators/python/install.sh").toString();
    Process install = new ProcessBuilder("bash", script, name).redirectErrorStream(true).start();
    String output =
        new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    String lastLine = output.substring(output.lastIndexOf('\n') + 1);
    return switch (install.waitFor()) {
      case 0 -> new PythonTool(Path.of(lastLine));
      case NO_INTERPRETER -> throw new NoInterpreterException(lastLine);
      default -> throw new IllegalStateException(name + " could not be installed: " + output);
    };
  }

  /** A process of it, not started. */
  public ProcessBuilder process(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
