package io.berth.local.devnet.node;

import io.berth.local.devnet.DevnetConfig.Delayer;
import io.berth.local.devnet.Faults;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The gRPC server of a node: the modules' queries and the node's own services, in plain text. */
public final class NodeServer implements AutoCloseable {

  private final Server server;
  private final ExecutorService calls;

  private NodeServer(Server server, ExecutorService calls) {
    this.server = server;
    this.calls = calls;
  }

  /** Starts to serve on a port, or on a free one when it is 0. */
  public static NodeServer start(
      int port, Application application, Chain chain, Faults faults, Delayer delayer) {
    CallGate gate = new CallGate(chain, faults, delayer);
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    ServerBuilder<?> builder =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .executor(calls)
            .intercept(gate)
            .addService(new TxService(chain, gate, faults))
            .addService(new TendermintService(chain, gate, faults))
            .addService(new NodeService(chain, gate))
            .addService(new DiscoveryService(chain))
            .addService(ProtoReflectionServiceV1.newInstance());
    application.queries(gate).forEach(builder::addService);
    try {
      return new NodeServer(builder.build().start(), calls);
    } catch (IOException e) {
      calls.shutdown();
      throw new UncheckedIOException(e);
    }
  }

  /** Where it serves. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdown();
  }
}
