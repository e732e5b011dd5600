package io.berth.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
  @Test
  void whatIsCarriedOverIsLoggedByTheFunctionThatIsInvoked() {
    Map<String, String> carried;
    try (LogContext _ =
        LogContext.of(invocation("caller", null))
            .with(LogField.OPERATION, "op-1")
            .with(LogField.USER, "ann")
            .with(LogField.FUNCTION, "PutOnChain")) {
      carried = LogContext.carried();
    }
    try (LogContext _ = LogContext.of(invocation("called", carried))) {
      assertThat(MDC.getCopyOfContextMap())
          .isEqualTo(Map.of("operation", "op-1", "userId", "ann", "invocationId", "called"));
    }
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void nothingElseOfTheCallersIsTaken() {
    Map<String, String> sent = Map.of("requestId", "r", "transaction", "T", "secret", "s");
    try (LogContext _ = LogContext.of(invocation("called", sent))) {
      assertThat(MDC.getCopyOfContextMap())
          .isEqualTo(Map.of("requestId", "r", "invocationId", "called"));
    }
  }

  @Test
  void whatBecomesKnownLaterEndsWithTheContext() {
    try (LogContext _ = LogContext.open().with(LogField.REQUEST, "r")) {
      try (LogContext _ = LogContext.open()) {
        LogContext.add(LogField.USER, "ann");
        LogContext.add(LogField.KEY, null);
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("requestId", "r", "userId", "ann"));
      }
      assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("requestId", "r"));
    }
  }

  private static Context invocation(String id, Map<String, String> custom) {
    ClientContext client =
        proxy(ClientContext.class, custom == null ? Map.of() : Map.of("getCustom", custom));
    return proxy(
        Context.class,
        custom == null
            ? Map.of("getAwsRequestId", id)
            : Map.of("getAwsRequestId", id, "getClientContext", client));
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answers.get(method.getName())));
  }
}
