package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;

/** Writes a line, waits until a test has seen it, and does what the query's {@code then} says. */
public final class Streaming implements RequestStreamHandler {
  /** A permit lets one go on. */
  public static final Semaphore SEEN = new Semaphore(0);

  /** A permit for each that came to its end. */
  public static final Semaphore DONE = new Semaphore(0);

  private static final String HEAD =
      "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/event-stream\"}}";

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    String then =
        JsonMapper.shared().readTree(event).at("/queryStringParameters/then").asString("");
    if (then.equals("fail at once")) {
      throw new IOException("at once");
    }
    say(out, HEAD + "\0".repeat(8) + "one\n");
    try {
      SEEN.acquire();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    if (then.equals("fail")) {
      throw new IOException("in the middle");
    }
    say(out, "two\n");
    DONE.release();
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
