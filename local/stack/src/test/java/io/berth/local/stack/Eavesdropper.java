package io.berth.local.stack;

import io.berth.local.gateway.InvocationResult;
import io.berth.runtime.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears all that a run leaves behind: every log record of functions and stand-ins with its
 * exception, whatever is printed, each event and answer of a function, and every row of every
 * table.
 */
final class Eavesdropper implements AutoCloseable {

  /**
   * Something heard.
   *
   * @param place such as {@code log}, {@code event of CreateDeploymentFunction}, {@code row of
   *     WalletsTable}
   */
  record Heard(String place, String text) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  private final LocalBerth berth;
  private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonNode> jsonLines = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = Logger.getLogger("");
  private final Logger berths = Logger.getLogger("io.berth");
  private final Level berthsLevel = berths.getLevel();
  private final LogTap tap = new LogTap();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  Eavesdropper(LocalBerth berth) {
    this.berth = berth;
    tap.setLevel(Level.ALL);
    root.addHandler(tap);
    berths.setLevel(Level.ALL);
    System.setOut(new PrintStream(new Tee(out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Tee(err), true, StandardCharsets.UTF_8));
    berth.lambda().observeWith(this::hear);
  }

  private void hear(String function, byte[] event, InvocationResult result) {
    hear("event of " + function, new String(event, StandardCharsets.UTF_8));
    String kind = result.functionError().isPresent() ? "error of " : "answer of ";
    hear(kind + function, new String(result.payload(), StandardCharsets.UTF_8));
  }

  /** Adds what only the caller can see, such as an answer of the API. */
  void hear(String place, String text) {
    heard.add(new Heard(place, text));
  }

  /** All log records so far, as functions write them in the cloud. */
  List<JsonNode> jsonLines() {
    return List.copyOf(jsonLines);
  }

  /** All so far, and what is in the tables now. */
  List<Heard> everything() {
    List<Heard> all = new ArrayList<>(List.copyOf(heard));
    try (DynamoDbClient dynamoDb = berth.aws().dynamoDbClient()) {
      for (String table : dynamoDb.listTables().tableNames()) {
        dynamoDb
            .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
            .items()
            .forEach(
                row ->
                    row.forEach(
                        (name, value) -> all.add(new Heard("row of " + table, text(value)))));
      }
    }
    all.addAll(histories());
    return all;
  }

  /** What Step Functions keeps of executions. */
  private List<Heard> histories() {
    List<Heard> histories = new ArrayList<>();
    String arn = Settings.require("BERTH_STATE_MACHINE");
    for (JsonNode execution :
        stepFunctions("ListExecutions", Map.of("stateMachineArn", arn)).path("executions")) {
      Map<String, Object> request =
          Map.of("executionArn", execution.get("executionArn").asString(), "maxResults", 1000);
      histories.add(
          new Heard("history of " + arn, stepFunctions("GetExecutionHistory", request).toString()));
    }
    return histories;
  }

  private JsonNode stepFunctions(String operation, Map<String, Object> request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(berth.aws().endpoint())
                  .header("content-type", "application/x-amz-json-1.0")
                  .header("x-amz-target", "AWSStepFunctions." + operation)
                  .POST(BodyPublishers.ofString(JSON.writeValueAsString(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new AssertionError(operation + " answered " + body);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Binary values in all the forms in which one may look for text in them. */
  private static String text(AttributeValue value) {
    return value.type() == AttributeValue.Type.B
        ? String.join(" ", Secret.forms(value.b().asByteArray()))
        : value.toString();
  }

  @Override
  public void close() {
    berth.lambda().observeWith((_, _, _) -> {});
    System.setOut(out);
    System.setErr(err);
    berths.setLevel(berthsLevel);
    root.removeHandler(tap);
  }

  private final class LogTap extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord record) {
      hear("log", formatter.format(record));
      function()
          .ifPresent(
              lines -> {
                String line = lines.format(record);
                hear("log line", line);
                jsonLines.add(JSON.readTree(line));
              });
    }

    /** How the function on whose thread this is writes its lines; its package has the context. */
    private static Optional<Formatter> function() {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      try {
        return loader instanceof URLClassLoader
            ? Optional.of(
                (Formatter)
                    loader.loadClass("io.berth.logging.JsonLines").getConstructor().newInstance())
            : Optional.empty();
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("every package has the lines", e);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Passes on what is printed, and hears it line by line. */
  private final class Tee extends OutputStream {
    private final PrintStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Tee(PrintStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int octet) {
      to.write(octet);
      line.write(octet);
      if (octet == '\n') {
        flushLine();
      }
    }

    private void flushLine() {
      hear("print", line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
  }
}
