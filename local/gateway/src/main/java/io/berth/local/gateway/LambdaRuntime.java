package io.berth.local.gateway;

import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Lambda in this process: each event goes to an idle instance of its function, or to a new one.
 *
 * <p>Handlers are found, given their events and asked for their answers by AWS's own Java runtime
 * interface client. Instances of one function have their own handler objects but share static
 * fields, and all functions share the process's environment; {@link #environment()} is what they
 * would find there. {@code Context} knows the request id, the deadline and the function's ARN, not
 * its name or memory, which the client reads from the process's environment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">execution
 *     environments</a>
 */
public final class LambdaRuntime implements AutoCloseable {
  /** The most bytes an event or an answer may have: 6 MB. */
  public static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(LambdaRuntime.class.getName());

  private final List<LambdaFunction> functions;
  private final Map<String, FunctionPool> pools = new LinkedHashMap<>();
  private final Map<String, String> logicalIds = new HashMap<>();
  private volatile Observer observer = (_, _, _) -> {};

  /** Sees every invocation, as tests do that look for what must not be in any. */
  public interface Observer {

    /** An invocation ended. */
    void invoked(String logicalId, byte[] event, InvocationResult result);
  }

  /** From now on this observer sees every invocation, instead of the one before. */
  public void observeWith(Observer next) {
    observer = next;
  }

  /**
   * The template's functions, with handlers from the calling thread's context class loader.
   *
   * <p>No handler class is initialized before the first invocation.
   *
   * @throws TemplateException if a handler class is not on the class path
   */
  public LambdaRuntime(Template template) {
    this(template.functions(), Thread.currentThread().getContextClassLoader());
  }

  /**
   * The template's functions, each with the class loader of its own package.
   *
   * <p>Classes under {@code com.amazonaws.services.lambda.runtime} must be those of this process.
   *
   * @throws TemplateException if a handler class is not in its function's loader
   */
  public LambdaRuntime(Template template, Function<LambdaFunction, ClassLoader> loaders) {
    this(template.functions(), loaders);
  }

  LambdaRuntime(List<LambdaFunction> functions, ClassLoader loader) {
    this(functions, _ -> loader);
  }

  private LambdaRuntime(
      List<LambdaFunction> functions, Function<LambdaFunction, ClassLoader> loaders) {
    this.functions = List.copyOf(functions);
    EventTypes.prepare(Thread.currentThread().getContextClassLoader());
    for (var function : this.functions) {
      var loader = loaders.apply(function);
      checkHandler(function, loader);
      pools.put(
          function.logicalId(),
          new FunctionPool(() -> new FunctionInstance(function, loader, InstantSource.system())));
      for (var name :
          List.of(function.logicalId(), function.name(), function.arn(), function.aliasArn())) {
        logicalIds.put(name, function.logicalId());
      }
    }
  }

  private static void checkHandler(LambdaFunction function, ClassLoader loader) {
    var className = HandlerInfo.className(function.handler());
    try {
      Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      throw new TemplateException(
          "Resources." + function.logicalId() + ".Properties.Handler",
          "there is no class " + className);
    }
  }

  /**
   * The environment variables of all functions in one map, since they share one process.
   *
   * @throws TemplateException if two functions want different values for one variable
   */
  public Map<String, String> environment() {
    var merged = new TreeMap<String, String>();
    for (var function : functions) {
      function
          .environment()
          .forEach(
              (name, value) -> {
                var other = merged.putIfAbsent(name, value);
                if (other != null && !other.equals(value)) {
                  throw new TemplateException(
                      "Resources."
                          + function.logicalId()
                          + ".Properties.Environment.Variables."
                          + name,
                      "another function has another value, and locally all share one environment");
                }
              });
    }
    return merged;
  }

  /**
   * Starts one instance of every function, so that first requests are not slow.
   *
   * @throws TemplateException if one cannot start, with its error
   */
  public void warm() {
    pools.entrySet().parallelStream()
        .forEach(
            entry ->
                entry
                    .getValue()
                    .warm()
                    .ifPresent(
                        failure -> {
                          throw new TemplateException(
                              "Resources." + entry.getKey(),
                              "cannot start: "
                                  + new String(failure.payload(), StandardCharsets.UTF_8));
                        }));
  }

  /**
   * Invokes a function and waits for its answer, as {@code RequestResponse} does.
   *
   * @param function its name, ARN or logical id
   * @param event JSON of at most {@link #PAYLOAD_LIMIT} bytes
   * @return the answer, or the function's error; a function that exceeds its time-out is an error
   * @throws FunctionNotFound if there is no such function
   * @throws RequestTooLarge if the event is over the limit
   */
  public InvocationResult invoke(String function, byte[] event) {
    return invoke(function, event, Optional.empty());
  }

  /**
   * Invokes a function and waits for its answer.
   *
   * @param clientContext JSON that the function finds in its {@code Context}
   * @see #invoke(String, byte[])
   */
  public InvocationResult invoke(String function, byte[] event, Optional<String> clientContext) {
    if (event.length > PAYLOAD_LIMIT) {
      throw new RequestTooLarge(event.length);
    }
    return seen(function, event, pool(function).invoke(event, clientContext));
  }

  /**
   * Invokes a function whose answer is passed on while it writes it, as {@code
   * InvokeWithResponseStream} does. Unlike there, its handler has no context.
   *
   * @param function its name, ARN or logical id, of a {@code RequestStreamHandler}
   * @return an empty answer once all was written, or the function's error
   */
  public InvocationResult stream(String function, byte[] event, OutputStream out) {
    return seen(function, event, pool(function).stream(event, out));
  }

  private InvocationResult seen(String function, byte[] event, InvocationResult result) {
    observer.invoked(logicalIds.get(function), event, result);
    result.functionError().ifPresent(_ -> LOG.log(level(result), () -> report(function, result)));
    return result;
  }

  /** An authorizer that turns somebody away fails in its daily work. */
  private static Level level(InvocationResult result) {
    String payload = new String(result.payload(), StandardCharsets.UTF_8);
    return payload.startsWith("{\"errorMessage\":\"Unauthorized\"") ? Level.DEBUG : Level.WARNING;
  }

  private static String report(String function, InvocationResult result) {
    return function + " failed: " + new String(result.payload(), StandardCharsets.UTF_8);
  }

  /** How many instances of a function exist, busy or idle. */
  public int instances(String function) {
    return pool(function).size();
  }

  private FunctionPool pool(String function) {
    var logicalId = logicalIds.get(function);
    if (logicalId == null) {
      throw new FunctionNotFound(function);
    }
    return pools.get(logicalId);
  }

  /** Ends every instance; handlers still running are interrupted. */
  @Override
  public void close() {
    pools.values().forEach(FunctionPool::close);
  }

  /** No function has the name, ARN or logical id asked for. */
  public static final class FunctionNotFound extends RuntimeException {
    FunctionNotFound(String function) {
      super("Function not found: " + function);
    }
  }

  /** The event is larger than Lambda takes. */
  public static final class RequestTooLarge extends RuntimeException {
    RequestTooLarge(int bytes) {
      super(
          bytes
              + " byte payload is too large for the RequestResponse invocation type (limit "
              + PAYLOAD_LIMIT
              + " bytes)");
    }
  }
}
