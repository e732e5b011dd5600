package io.berth.local.devnet.node;

import io.berth.local.devnet.DevnetConfig.Delayer;
import io.berth.local.devnet.Faults;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.store.Version;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * What every call goes through: the faults that concern all calls, and the choice of the version it
 * reads, which the reply's header names. The request header {@code x-cosmos-block-height} asks for
 * an older one.
 */
final class CallGate implements ServerInterceptor, StateSource {

  static final Metadata.Key<String> HEIGHT =
      Metadata.Key.of("x-cosmos-block-height", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<Version> VERSION = Context.key("version");

  private final Chain chain;
  private final Faults faults;
  private final Delayer delayer;

  CallGate(Chain chain, Faults faults, Delayer delayer) {
    this.chain = chain;
    this.faults = faults;
    this.delayer = delayer;
  }

  @Override
  public Version current() {
    return VERSION.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    try {
      waitWhenSlow();
      refuseWhenDown();
      Version version = version(headers.get(HEIGHT));
      return Contexts.interceptCall(
          Context.current().withValue(VERSION, version), naming(call, version), headers, next);
    } catch (StatusRuntimeException e) {
      call.close(e.getStatus(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private void waitWhenSlow() {
    if (faults.slow().isZero()) {
      return;
    }
    try {
      delayer.delay(faults.slow());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.asRuntimeException();
    }
  }

  private void refuseWhenDown() {
    if (faults.isDown()) {
      throw Status.UNAVAILABLE.withDescription("node is down").asRuntimeException();
    }
  }

  private Version version(String asked) {
    Version newest = chain.lagging(faults.lag());
    if (asked == null || asked.equals("0")) {
      return newest;
    }
    if (!asked.matches("[0-9]{1,18}")) {
      throw invalid("Block height must be greater than or equal to zero");
    }
    long height = Long.parseLong(asked);
    if (height > newest.height()) {
      throw invalid(
          "cannot query with height in the future; please provide a valid height: invalid height");
    }
    return chain
        .at(height)
        .orElseThrow(
            () ->
                invalid(
                    "failed to load state at height %d; version does not exist (latest height: %d)"
                        .formatted(height, newest.height())));
  }

  private static StatusRuntimeException invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }

  private static <Q, A> ServerCall<Q, A> naming(ServerCall<Q, A> call, Version version) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void sendHeaders(Metadata headers) {
        headers.put(HEIGHT, Long.toString(version.height()));
        super.sendHeaders(headers);
      }
    };
  }
}
