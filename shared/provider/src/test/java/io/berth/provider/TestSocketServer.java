package io.berth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A WebSocket server on this machine that says byte for byte what it is told to, and then drops the
 * connection as gateways do.
 */
final class TestSocketServer implements AutoCloseable {
  /** RFC 6455, section 1.3. */
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** The heads of the requests that came, a line each. */
  final List<List<String>> received = new CopyOnWriteArrayList<>();

  /** Counted down when a client hangs up on a script that goes on. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  private final SSLServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What to do with a connection once TLS is done and the request's head is read. */
  interface Script {
    void play(Client client) throws IOException;
  }

  TestSocketServer(TestCertificates.Identity identity, Script... scripts) {
    try {
      server =
          (SSLServerSocket)
              TestGateway.contextOf(identity)
                  .getServerSocketFactory()
                  .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Script> left = new ArrayList<>(List.of(scripts));
    var _ =
        threads.submit(
            () -> {
              while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                Script script = left.size() > 1 ? left.removeFirst() : left.getFirst();
                var _ = threads.submit(() -> serve(socket, script));
              }
            });
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve(SSLSocket socket, Script script) {
    try (socket) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      List<String> head = new ArrayList<>();
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        head.add(line);
      }
      if (!head.isEmpty()) {
        received.add(List.copyOf(head));
        script.play(new Client(head, socket));
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection, as the script sees it. */
  record Client(List<String> head, SSLSocket socket) {

    /** Agrees to the upgrade. */
    Client upgrade() throws IOException {
      return upgrade("");
    }

    /** Agrees to the upgrade, with more headers. */
    Client upgrade(String headers) throws IOException {
      return raw(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + headers
              + "Sec-WebSocket-Accept: "
              + accept(header("Sec-WebSocket-Key"))
              + "\r\n\r\n");
    }

    /** Sends a text message, which no client's key masks. */
    Client text(String message) throws IOException {
      return frame(0x81, message.getBytes(UTF_8));
    }

    Client closeFrame(int code, String reason) throws IOException {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      payload.write(code >> 8);
      payload.write(code);
      payload.writeBytes(reason.getBytes(UTF_8));
      return frame(0x88, payload.toByteArray());
    }

    /** Sends any frame. */
    Client frame(int firstByte, byte[] payload) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(frame);
      out.write(firstByte);
      if (payload.length < 126) {
        out.write(payload.length);
      } else if (payload.length <= 0xffff) {
        out.write(126);
        out.writeShort(payload.length);
      } else {
        out.write(127);
        out.writeLong(payload.length);
      }
      out.write(payload);
      return raw(frame.toByteArray());
    }

    Client raw(String text) throws IOException {
      return raw(text.getBytes(US_ASCII));
    }

    Client raw(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return this;
    }

    /** Waits until the client hangs up. */
    void linger() throws IOException {
      while (socket.getInputStream().read() != -1) {
        // Pongs and the like.
      }
      throw new IOException("the client hung up");
    }

    String header(String name) {
      return head.stream()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    private static String accept(String key) {
      try {
        return Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(US_ASCII)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
