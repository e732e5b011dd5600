package io.berth.chain;

import io.berth.domain.ledger.ChainUnavailableException;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls to a node: each with a deadline, reads with bounded retries, failures as the domain's. */
final class NodeConnection implements AutoCloseable {
  private static final Metadata.Key<String> HEIGHT =
      Metadata.Key.of("x-cosmos-block-height", Metadata.ASCII_STRING_MARSHALLER);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /**
   * Reads may be asked again when the node was not reached; a broadcast is its caller's to retry.
   */
  private static final Map<String, Object> RETRY_READS =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      3.0,
                      "initialBackoff",
                      "0.1s",
                      "maxBackoff",
                      "1s",
                      "backoffMultiplier",
                      3.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE"))),
              Map.of(
                  "name",
                  List.of(
                      Map.of("service", "cosmos.tx.v1beta1.Service", "method", "BroadcastTx")))));

  private final ManagedChannel channel;
  private final Duration deadline;

  /**
   * Connects on the first call.
   *
   * @param builder where to
   * @param deadline for each call, its retries included
   */
  NodeConnection(ManagedChannelBuilder<?> builder, Duration deadline) {
    this.channel = builder.enableRetry().defaultServiceConfig(RETRY_READS).build();
    this.deadline = deadline;
  }

  static NodeConnection to(URI node, Duration deadline) {
    boolean tls =
        switch (node.getScheme()) {
          case "https" -> true;
          case "http" -> false;
          case null, default -> throw new IllegalArgumentException("not http or https: " + node);
        };
    int port = node.getPort() >= 0 ? node.getPort() : tls ? HTTPS : HTTP;
    OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(node.getHost(), port);
    return new NodeConnection(
        tls ? builder.useTransportSecurity() : builder.usePlaintext(), deadline);
  }

  /** A stub whose next call must end within the deadline. */
  <S extends AbstractStub<S>> S stub(Function<Channel, S> service) {
    return service.apply(channel).withDeadlineAfter(deadline);
  }

  /** As {@link #stub}, of a call that reads the state after the block at this height. */
  <S extends AbstractStub<S>> S stubAt(long height, Function<Channel, S> service) {
    Metadata headers = new Metadata();
    headers.put(HEIGHT, Long.toString(height));
    return stub(service).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /**
   * The call's answer.
   *
   * @throws ChainUnavailableException if there is none
   */
  static <T> T ask(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw failure(e);
    }
  }

  /** The call's answer, or empty if the node says that there is no such thing. */
  static <T> Optional<T> find(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  /** A call that the node understood and calls wrong is a fault of ours, not of the network. */
  static RuntimeException failure(StatusRuntimeException e) {
    return switch (e.getStatus().getCode()) {
      case INVALID_ARGUMENT, UNIMPLEMENTED, OUT_OF_RANGE ->
          new IllegalStateException("the node does not take this call: " + e.getMessage(), e);
      default -> new ChainUnavailableException("no answer from the node: " + e.getMessage(), e);
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
