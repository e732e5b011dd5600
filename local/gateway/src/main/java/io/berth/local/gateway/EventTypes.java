package io.berth.local.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.util.List;

/**
 * Readies Lambda's serialization of AWS's event types outside Lambda.
 *
 * <p>It looks up the classes these types need in a class loader that only its own main program
 * makes, but remembers what was found once. So they are looked up here first, in the handlers'
 * loader; this also keeps its map of them from being written by several threads.
 */
final class EventTypes {
  private static final List<Class<?>> TAKEN_BY_FUNCTIONS =
      List.of(
          APIGatewayProxyRequestEvent.class,
          APIGatewayProxyResponseEvent.class,
          APIGatewayCustomAuthorizerEvent.class,
          DynamodbEvent.class,
          ScheduledEvent.class,
          SQSEvent.class);

  private EventTypes() {}

  static synchronized void prepare(ClassLoader loader) {
    for (var type : TAKEN_BY_FUNCTIONS) {
      if (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())) {
        LambdaEventSerializers.serializerFor(type, loader);
      }
    }
  }
}
