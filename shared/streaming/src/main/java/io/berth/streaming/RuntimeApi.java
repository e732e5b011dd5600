package io.berth.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lambda's Runtime API, as a function sees it. Plain HTTP of the JDK's older client, whose requests
 * can be written piece by piece by the thread that has something to say.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What tells API Gateway that a head in JSON and eight zero bytes come before the body. */
  private static final String HEAD_FIRST = "application/vnd.awslambda.http-integration-response";

  private final String base;

  /**
   * @param address {@code HOST:PORT}
   */
  RuntimeApi(String address) {
    this.base = "http://" + address + "/2018-06-01/runtime/";
  }

  /** An event, and what Lambda says of it. */
  @SuppressWarnings("ArrayRecordComponent") // A message body: never compared, passed on once.
  record Invocation(byte[] event, InvocationContext context) {}

  /** Waits for the next event, for as long as it takes. */
  Invocation next() throws IOException {
    HttpURLConnection connection = open("invocation/next");
    try (InputStream body = connection.getInputStream()) {
      return new Invocation(
          body.readAllBytes(),
          InvocationContext.of(
              connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"),
              connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"),
              Instant.ofEpochMilli(
                  Long.parseLong(connection.getHeaderField("Lambda-Runtime-Deadline-Ms")))));
    }
  }

  /** Where the answer to an event is written to. */
  Answer answer(Invocation invocation) {
    return new Answer("invocation/" + invocation.context().getAwsRequestId() + "/");
  }

  /** Says that there is no handler to give events to. */
  void cannotStart(Throwable reason) throws IOException {
    post("init/error", reason);
  }

  private void post(String path, Throwable error) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Lambda-Runtime-Function-Error-Type", "Unhandled");
    try (OutputStream out = connection.getOutputStream()) {
      out.write(
          JSON.writeValueAsBytes(
              Map.of(
                  "errorType", error.getClass().getName(),
                  "errorMessage", String.valueOf(error.getMessage()))));
    }
    requireTaken(connection);
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(base + path).toURL().openConnection();
  }

  private static void requireTaken(HttpURLConnection connection) throws IOException {
    if (connection.getResponseCode() / 100 != 2) {
      throw new IOException("Lambda does not take the answer: " + connection.getResponseCode());
    }
    connection.getInputStream().close();
  }

  /** One answer: begun with its first byte, and on its way whenever it is flushed. */
  final class Answer extends OutputStream {
    private final String path;
    private Optional<HttpURLConnection> connection = Optional.empty();
    private OutputStream out = OutputStream.nullOutputStream();

    private Answer(String path) {
      this.path = path;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (connection.isEmpty()) {
        begin();
      }
      out.write(bytes, offset, length);
    }

    private void begin() throws IOException {
      HttpURLConnection begun = open(path + "response");
      begun.setRequestMethod("POST");
      begun.setDoOutput(true);
      begun.setChunkedStreamingMode(0);
      begun.setRequestProperty("Content-Type", HEAD_FIRST);
      begun.setRequestProperty("Lambda-Runtime-Function-Response-Mode", "streaming");
      connection = Optional.of(begun);
      out = begun.getOutputStream();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    /** Ends the answer. */
    @Override
    public void close() throws IOException {
      if (connection.isEmpty()) {
        begin();
      }
      out.close();
      requireTaken(connection.get());
    }

    /**
     * The handler failed. An answer that has begun breaks off, so that nobody takes it for a whole
     * one; the JDK's client has no trailers, in which Lambda would take the reason.
     */
    void fail(Throwable reason) throws IOException {
      reason.printStackTrace();
      if (connection.isPresent()) {
        connection.get().disconnect();
      } else {
        post(path + "error", reason);
      }
    }
  }
}
