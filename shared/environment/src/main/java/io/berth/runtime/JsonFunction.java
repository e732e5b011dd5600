package io.berth.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.berth.http.Json;
import io.berth.http.Snapshots;
import io.berth.logging.FunctionLogs;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that other functions invoke, with records as request and answer.
 *
 * @param <I> the request
 * @param <O> the answer
 */
public abstract class JsonFunction<I, O> implements RequestStreamHandler {
  static {
    FunctionLogs.configure();
  }

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final Class<I> requestType;

  protected JsonFunction(Class<I> requestType) {
    this.requestType = requestType;
    Snapshots.prime("requests", () -> Json.MAPPER.readValue("{}", requestType));
  }

  /** Answers a request; an exception becomes the invocation's function error. */
  protected abstract O answer(I request);

  /** Adds what a request is about to all that is logged while it is answered; nothing by itself. */
  protected void describe(I request, LogContext log) {}

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context) {
    try (LogContext log = logContext(context)) {
      I request = Json.MAPPER.readValue(input, requestType);
      describe(request, log);
      Json.MAPPER.writeValue(output, answered(request));
    }
  }

  /** Whether an error is an answer like others, and nothing to look into. */
  protected boolean isAnswer(RuntimeException error) {
    return false;
  }

  private O answered(I request) {
    try {
      O answer = answer(request);
      log.info("answered");
      return answer;
    } catch (RuntimeException e) {
      if (isAnswer(e)) {
        log.info("answered with {}", e.getClass().getSimpleName());
      } else {
        log.error("failed", e);
      }
      throw e;
    }
  }

  private LogContext logContext(Context invocation) {
    return LogContext.of(invocation).with(LogField.FUNCTION, getClass().getSimpleName());
  }
}
