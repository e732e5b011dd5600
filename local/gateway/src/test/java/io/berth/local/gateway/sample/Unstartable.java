package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Cannot be made. */
public final class Unstartable implements RequestHandler<Object, Object> {
  /** Fails as a handler without its settings does. */
  public Unstartable() {
    throw new IllegalStateException("BERTH_TABLE is not set");
  }

  @Override
  public Object handleRequest(Object event, Context context) {
    return event;
  }
}
