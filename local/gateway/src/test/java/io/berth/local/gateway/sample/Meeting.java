package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.concurrent.CyclicBarrier;

/** Answers only when two instances run at once. */
public final class Meeting
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      BOTH.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(200)
        .withBody(Integer.toHexString(System.identityHashCode(this)));
  }
}
