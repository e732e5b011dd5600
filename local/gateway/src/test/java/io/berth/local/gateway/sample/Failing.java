package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Fails. */
public final class Failing implements RequestHandler<Object, Object> {
  @Override
  public Object handleRequest(Object event, Context context) {
    throw new IllegalStateException("the database's password is hunter2");
  }
}
