package io.berth.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.berth.http.Json;
import io.berth.http.Snapshots;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A function that other functions invoke, with records as request and answer.
 *
 * @param <I> the request
 * @param <O> the answer
 */
public abstract class JsonFunction<I, O> implements RequestStreamHandler {
  private final Class<I> requestType;

  protected JsonFunction(Class<I> requestType) {
    this.requestType = requestType;
    Snapshots.prime("requests", () -> Json.MAPPER.readValue("{}", requestType));
  }

  /** Answers a request; an exception becomes the invocation's function error. */
  protected abstract O answer(I request);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context) {
    Json.MAPPER.writeValue(output, answer(Json.MAPPER.readValue(input, requestType)));
  }
}
