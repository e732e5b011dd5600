package io.berth.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.ledger.ChainUnavailableException;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingRequest;
import io.berth.proto.cosmos.base.tendermint.v1beta1.GetSyncingResponse;
import io.berth.proto.cosmos.base.tendermint.v1beta1.ServiceGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Over real sockets. */
class NodeConnectionTest {

  @Test
  void talksPlainTextToHttp() throws Exception {
    Server server = syncingNode();
    try (NodeClient client = client("http", server.getPort())) {
      assertThat(client.isSyncing()).isTrue();
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void talksNothingButTlsToHttps() throws Exception {
    Server server = syncingNode();
    try (NodeClient client = client("https", server.getPort())) {
      assertThatThrownBy(client::isSyncing).isInstanceOf(ChainUnavailableException.class);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aNodeThatIsDownIsUnavailable() throws Exception {
    try (NodeClient client = client("http", unusedPort())) {
      assertThatThrownBy(client::isSyncing).isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void takesNoOtherScheme() {
    assertThatThrownBy(() -> client("tcp", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeClient(NodeConfig.of(URI.create("localhost"), FakeNode.CHAIN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static NodeClient client(String scheme, int port) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    NodeConfig defaults =
        NodeConfig.of(URI.create(scheme + "://" + host + ":" + port), FakeNode.CHAIN);
    return new NodeClient(
        new NodeConfig(
            defaults.node(),
            defaults.chainId(),
            defaults.gasPrice(),
            defaults.gasMultiplier(),
            Duration.ofSeconds(20)));
  }

  private static Server syncingNode() throws IOException {
    return OkHttpServerBuilder.forPort(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .addService(
            new ServiceGrpc.ServiceImplBase() {
              @Override
              public void getSyncing(
                  GetSyncingRequest request, StreamObserver<GetSyncingResponse> observer) {
                FakeNode.answer(observer, GetSyncingResponse.newBuilder().setSyncing(true).build());
              }
            })
        .build()
        .start();
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
