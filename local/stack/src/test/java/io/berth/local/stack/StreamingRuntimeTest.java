package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.berth.local.gateway.FunctionProcess;
import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaFunction;
import io.berth.streaming.StreamingRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our runtime for functions that stream, in a process of its own against a Runtime API. */
class StreamingRuntimeTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;

  /** What runs in that process: goes on only once it sees that its first line arrived. */
  public static final class Waiting implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream event, OutputStream out, Context context)
        throws IOException {
      String word = new String(event.readAllBytes(), StandardCharsets.UTF_8);
      if (word.equals("fail at once")) {
        throw new IllegalStateException("at once");
      }
      say(out, "one of " + context.getFunctionName() + "\n");
      Path sign = Path.of(System.getenv("SIGN"));
      while (!Files.exists(sign)) {
        Thread.onSpinWait();
      }
      if (word.equals("fail")) {
        throw new IOException("in the middle");
      }
      say(out, "two\n");
    }

    private static void say(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Gives the sign when the first line is there: what is buffered would never come. */
  private final class Reader extends ByteArrayOutputStream {
    @Override
    public void flush() throws IOException {
      if (toString(StandardCharsets.UTF_8).contains("one of waiting\n")) {
        Files.write(sign(), new byte[0]);
      }
    }
  }

  private Path sign() {
    return folder.resolve("sign");
  }

  private FunctionProcess start(String handler) {
    return FunctionProcess.start(
        new FunctionProcess.Launch(
            List.of(JAVA.toString()),
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            Stream.concat(
                    new Packages(RunningBerth.root()).classPath("functions/deployments").stream(),
                    Stream.of(testClasses()))
                .toList(),
            new LambdaFunction(
                "Waiting",
                "waiting",
                "arn:waiting",
                ".",
                handler,
                Duration.ofMinutes(1),
                512,
                Map.of()),
            Map.of("SIGN", sign().toString()),
            false,
            StreamingRuntime.class.getName()));
  }

  private static Path testClasses() {
    try {
      return Path.of(
          StreamingRuntimeTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path has places", e);
    }
  }

  private static byte[] event(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatAHandlerFlushesArrivesWhileItRuns() {
    try (FunctionProcess process = start(Waiting.class.getName())) {
      Reader reader = new Reader();

      InvocationResult result = process.stream(event("go on"), reader);

      assertThat(result.functionError()).isEmpty();
      assertThat(reader.toString(StandardCharsets.UTF_8)).isEqualTo("one of waiting\ntwo\n");
    }
  }

  @Test
  void aHandlerThatFailsEndsItsAnswerVisiblyAndTheNextEventIsServed() {
    try (FunctionProcess process = start(Waiting.class.getName())) {
      InvocationResult atOnce = process.stream(event("fail at once"), new Reader());
      assertThat(atOnce.functionError()).isPresent();
      assertThat(new String(atOnce.payload(), StandardCharsets.UTF_8)).contains("at once");

      Reader reader = new Reader();
      InvocationResult inTheMiddle = process.stream(event("fail"), reader);
      assertThat(reader.toString(StandardCharsets.UTF_8)).isEqualTo("one of waiting\n");
      assertThat(new String(inTheMiddle.payload(), StandardCharsets.UTF_8))
          .isEqualTo("the answer broke off");

      assertThat(process.stream(event("go on"), new Reader()).functionError()).isEmpty();
    }
  }

  @Test
  void aHandlerThatIsNotThereIsToldToLambda() {
    try (FunctionProcess process = start("no.such.Handler")) {
      assertThatThrownBy(() -> process.stream(event("go on"), new Reader()))
          .hasMessageContaining("no.such.Handler");
    }
  }

  /** Lambda gives the wrapper its own command line, whose first word is the java. */
  @Test
  void theLayersScriptStartsItWithTheFunctionsJarsAndTheLayers() throws Exception {
    Path script = RunningBerth.root().resolve("layers/stream");
    Process process =
        new ProcessBuilder(script.toString(), "/bin/echo", "-cp", "/var/runtime/lib/x.jar")
            .redirectErrorStream(true)
            .start();
    String started = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(started.strip())
        .endsWith(
            "-cp /lib/*:" + script.getParent() + "/java/lib/* " + StreamingRuntime.class.getName());
  }
}
