package io.berth.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.extensions.DefaultExtension;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/**
 * A WebSocket that only listens. The connection is made here, to the checked addresses and with
 * trust decided in the handshake, as for requests; the library is handed it and does the protocol:
 * the upgrade, frames, pings.
 *
 * <p>What comes is told one by one through {@link #next}; the provider has to wait while nobody
 * asks. Nothing comes after a {@link Event.Last}.
 */
final class GatewaySocket implements AutoCloseable {
  /** Longest message: Kubernetes ends lines at 64 KiB, and JSON may write one byte as six. */
  private static final int MAX_MESSAGE = 512 << 10;

  /** Messages that came and nobody asked for yet. */
  private static final int BACKLOG = 8;

  /** Beyond the messages: TLS, headers, frames' heads, pings. */
  private static final int OVERHEAD = 256 << 10;

  /**
   * The answer to the upgrade, and what comes with its last packet. The library reads a head from
   * its start whenever more of it comes, so a long one would cost much time.
   */
  private static final int MAX_HEAD = 32 << 10;

  /** Frames of one message. The library adds up all that came at each one more. */
  private static final int MAX_FRAGMENTS = 1024;

  /** Pings and pongs that may come together. Providers send a ping each 10 s. */
  private static final int CONTROLS_AT_ONCE = 16;

  private static final int SWITCHING_PROTOCOLS = 101;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(BACKLOG);
  private final long maxReceived;
  private final Thread reader;
  private MeteredSocket connection = new MeteredSocket(0);
  private boolean closed;

  /** What a gateway may tell. */
  sealed interface Event {

    /** The upgrade was done; messages follow. */
    record Opened() implements Event {}

    /** A text. */
    record Message(String text) implements Event {}

    /** The end. */
    sealed interface Last extends Event {}

    /** The connection was closed, with a close frame or without (1006). */
    record Ended(int code, String reason) implements Last {}

    /** The gateway answered the upgrade with another status. */
    record Refused(int status) implements Last {}

    /** There was no connection to this provider. */
    record Failed(Reply.NoAnswer reply) implements Last {}
  }

  /**
   * Begins to connect.
   *
   * @param path with the query
   * @param maxBytes of all messages; when more come the connection breaks
   * @param answers how long a provider may leave our own pings unanswered before the connection
   *     counts as lost; empty to send none
   */
  GatewaySocket(
      Endpoint endpoint,
      ProviderTrust trust,
      String path,
      String token,
      int maxBytes,
      Duration connectTimeout,
      Optional<Duration> answers) {
    this.maxReceived = maxBytes + (long) maxBytes / 2 + OVERHEAD;
    this.reader =
        Thread.ofVirtual()
            .name("provider-socket")
            .start(
                () -> {
                  try {
                    Socket tls = connect(endpoint, trust, connectTimeout);
                    new Client(uri(endpoint, path), token, tls, answers).run();
                  } catch (IOException e) {
                    tell(new Event.Failed(failure(e)));
                  }
                });
  }

  /** What comes next; empty if nothing came so long. */
  Optional<Event> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(events.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Hangs up without ceremony. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      connection.close();
    } catch (IOException e) {
      // Then it is closed.
    }
    reader.interrupt();
  }

  /** The library interrupts its threads too; only after {@link #close} will nobody ask any more. */
  private void tell(Event event) {
    boolean interrupted = false;
    boolean told = false;
    while (!told && !isClosed()) {
      try {
        told = events.offer(event, 1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private Socket connect(Endpoint endpoint, ProviderTrust trust, Duration timeout)
      throws IOException {
    Socket reached = reach(endpoint, (int) timeout.toMillis());
    return Tls13.trusting(trust, timeout).over(reached, endpoint.host(), endpoint.port());
  }

  /** Connects to the first of the checked addresses that takes connections. */
  private Socket reach(Endpoint endpoint, int timeoutMillis) throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : endpoint.addresses()) {
      MeteredSocket attempt = new MeteredSocket(maxReceived);
      closeOnClose(attempt);
      try {
        attempt.connect(new InetSocketAddress(address, endpoint.port()), timeoutMillis);
        return attempt;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private synchronized void closeOnClose(MeteredSocket attempt) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    connection = attempt;
  }

  private static Reply.NoAnswer failure(IOException cause) {
    return UntrustedProviderException.reasonIn(cause)
        .<Reply.NoAnswer>map(Reply.Untrusted::new)
        .orElseGet(
            () ->
                new Reply.Unreachable(
                    "no connection, or it broke: " + cause.getClass().getSimpleName()));
  }

  private static URI uri(Endpoint endpoint, String path) {
    try {
      return new URI("wss", null, endpoint.host(), endpoint.port(), "", null, null).resolve(path);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an endpoint", e);
    }
  }

  /** The protocol over a finished connection, in the thread that runs it. */
  private final class Client extends WebSocketClient {
    private final StatusDraft draft;

    Client(URI uri, String token, Socket tls, Optional<Duration> answers) {
      this(uri, token, tls, answers, new StatusDraft(() -> connection.exceed()));
    }

    private Client(
        URI uri, String token, Socket tls, Optional<Duration> answers, StatusDraft draft) {
      super(uri, draft, Map.of("Authorization", "Bearer " + token, "User-Agent", "berth"));
      this.draft = draft;
      setSocketFactory(new Finished(tls));
      setDaemon(true);
      // Who reads to an end has a limit of its own; who follows would never see the loss.
      setConnectionLostTimeout(answers.map(Duration::toSeconds).map(Math::toIntExact).orElse(0));
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      tell(new Event.Opened());
    }

    @Override
    public void onMessage(String message) {
      tell(new Event.Message(message));
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      // No gateway has reason to send any here.
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      if (draft.status != SWITCHING_PROTOCOLS && draft.status != 0) {
        tell(new Event.Refused(draft.status));
      } else if (code == CloseFrame.NEVER_CONNECTED) {
        tell(new Event.Failed(new Reply.Unreachable("the connection broke")));
      } else if (connection.isExceeded()) {
        tell(new Event.Ended(CloseFrame.TOOBIG, "more bytes than wanted"));
      } else {
        tell(new Event.Ended(code, reason == null ? "" : reason));
      }
    }

    @Override
    public void onError(Exception problem) {
      // The close that follows is told.
    }
  }

  /** Hands out the one connection that was made already. */
  private static final class Finished extends SocketFactory {
    private final Socket connection;

    Finished(Socket connection) {
      this.connection = connection;
    }

    @Override
    public Socket createSocket() {
      return connection;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw elsewhere();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw elsewhere();
    }

    private static IllegalStateException elsewhere() {
      return new IllegalStateException("no connection to anywhere else");
    }
  }

  /**
   * Remembers the status of the gateway's answer, which the library tells only in words, and sets
   * limits where the library has none: each ping is answered, and each part of a message is kept.
   */
  static final class StatusDraft extends Draft_6455 {
    private final Runnable breakOff;
    private final long begin = System.nanoTime();
    private int status;
    private int controls;
    private int fragments;

    StatusDraft(Runnable breakOff) {
      super(List.of(new DefaultExtension()), List.of(new Protocol("")), MAX_MESSAGE);
      this.breakOff = breakOff;
    }

    @Override
    public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
      if (isTooMuch(frame.getOpcode())) {
        breakOff.run();
      } else {
        super.processFrame(socket, frame);
      }
    }

    private boolean isTooMuch(Opcode opcode) {
      return switch (opcode) {
        case PING, PONG -> ++controls > CONTROLS_AT_ONCE + secondsSinceBegin();
        case CONTINUOUS -> ++fragments > MAX_FRAGMENTS;
        case TEXT, BINARY -> {
          fragments = 0;
          yield false;
        }
        case CLOSING -> false;
      };
    }

    private long secondsSinceBegin() {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer answer) throws InvalidHandshakeException {
      if (answer.remaining() > MAX_HEAD) {
        throw new InvalidHandshakeException("the answer's head is too long");
      }
      String line = readStringLine(answer.duplicate());
      if (line != null && line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
        status = Integer.parseInt(line.substring(9, 12));
      }
      return super.translateHandshake(answer);
    }

    /** One draft serves one connection. */
    @Override
    public Draft copyInstance() {
      return this;
    }
  }
}
