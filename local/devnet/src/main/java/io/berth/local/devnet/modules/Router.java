package io.berth.local.devnet.modules;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which module handles which message. */
public final class Router {

  /**
   * How one type of message is handled.
   *
   * @param prototype the message's default instance
   * @param response what a successful run answers; every message served here answers an empty one
   * @param signer whose signature the message needs
   * @param check the stateless checks ({@code ValidateBasic}), made before any fee is taken
   * @param run the handler
   */
  public record Route<M extends Message>(
      M prototype,
      Message response,
      Function<M, String> signer,
      Consumer<M> check,
      BiConsumer<Context, M> run) {

    /** Makes the stateless checks of a message of this route. */
    public void check(Message message) {
      check.accept(cast(message));
    }

    /** Runs a message of this route. */
    public void run(Context context, Message message) {
      run.accept(context, cast(message));
    }

    /** Who must sign a message of this route. */
    public String signer(Message message) {
      return signer.apply(cast(message));
    }

    /** The module's name as events carry it: {@code market} of {@code akash.market.v1beta5}. */
    public String module() {
      return prototype.getDescriptorForType().getFile().getPackage().split("\\.", -1)[1];
    }

    @SuppressWarnings("unchecked") // Routes are found by the message's own type name.
    private M cast(Message message) {
      return (M) message;
    }
  }

  private final Map<String, Route<?>> routes = new LinkedHashMap<>();

  /** Adds a route. */
  public <M extends Message> Router on(
      M prototype,
      Message response,
      Function<M, String> signer,
      Consumer<M> check,
      BiConsumer<Context, M> run) {
    routes.put(typeUrl(prototype), new Route<>(prototype, response, signer, check, run));
    return this;
  }

  /** The route of a type URL, such as {@code /akash.market.v1beta5.MsgCreateLease}. */
  public Optional<Route<?>> find(String typeUrl) {
    return Optional.ofNullable(routes.get(typeUrl));
  }

  /** The route of a message that was decoded through this router. */
  public Route<?> of(Message message) {
    return find(typeUrl(message)).orElseThrow();
  }

  /** The type URL of a message. */
  public static String typeUrl(Message message) {
    return "/" + message.getDescriptorForType().getFullName();
  }
}
