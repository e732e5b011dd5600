package io.berth.chain;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/** A gRPC server in this process that serves what a test wants it to. */
final class FakeNode implements AutoCloseable {
  static final String CHAIN = "testnet-1";

  private final Server server;
  private final NodeClient client;

  FakeNode(Duration deadline, BindableService... services) {
    try {
      String name = InProcessServerBuilder.generateName();
      InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
      for (BindableService service : services) {
        builder.addService(service);
      }
      server = builder.build().start();
      client =
          new NodeClient(
              NodeConfig.of(URI.create("http://unused"), CHAIN),
              new NodeConnection(InProcessChannelBuilder.forName(name), deadline));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeNode serving(BindableService... services) {
    return new FakeNode(Duration.ofSeconds(20), services);
  }

  NodeClient client() {
    return client;
  }

  static <T> void answer(StreamObserver<T> observer, T value) {
    observer.onNext(value);
    observer.onCompleted();
  }

  @Override
  public void close() {
    client.close();
    server.shutdownNow();
  }
}
