package io.berth.provider;

import static io.berth.provider.TestCertificates.NOW;
import static io.berth.provider.TestCertificates.selfSigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import io.berth.domain.provider.TokenRequest;
import io.berth.provider.TestSocketServer.Client;
import io.berth.provider.TestSocketServer.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebSocketStreamsTest {
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final String OTHER = "akash18qa2a2ltfyvkyj0ggj3hkvuj6twzyumuaru9s4";
  private static final String HOST = "gateway.provider.example";
  private static final BidId LEASE = new BidId(new OrderId(OTHER, 42, 1, 2), PROVIDER, 0);
  private static final TestCertificates.Ca CA = new TestCertificates.Ca();

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ReadCaps CAPS = new ReadCaps(100, 100_000, AMPLE);

  private final List<TokenRequest> tokenRequests = new ArrayList<>();
  private final TestCertificates.Identity identity = selfSigned(PROVIDER);
  private TestSocketServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void readsLogsUntilTheProviderDropsTheConnection() {
    start(
        client ->
            client.upgrade().text(line("web-1-a", "one")).text(line("web-1-b", "zwei ž \\u0000")));

    ReadOutcome<PodLine> outcome = logs(List.of("web", "my-app"), CAPS);

    assertThat(outcome)
        .isEqualTo(
            new ReadOutcome.Read<>(
                List.of(
                    new PodLine("web-1-a", "one", NOW), new PodLine("web-1-b", "zwei ž \0", NOW)),
                Optional.empty()));
    assertThat(server.received.getFirst())
        .contains(
            "GET /lease/42/1/2/logs?follow=false&tail=50&service=web,my-app HTTP/1.1",
            "Host: " + HOST + ":" + server.port(),
            "Authorization: Bearer token-1")
        .noneMatch(header -> header.regionMatches(true, 0, "Origin", 0, 6));
    assertThat(tokenRequests).containsExactly(new TokenRequest("user", PROVIDER, List.of("logs")));
  }

  @Test
  void readsWhatComesInPieces() {
    start(
        client -> {
          client.upgrade();
          byte[] whole = line("web-1-a", "x".repeat(70_000)).getBytes(UTF_8);
          client
              .frame(0x01, Arrays.copyOfRange(whole, 0, 10))
              .frame(0x89, new byte[3]) // a ping between
              .frame(0x80, Arrays.copyOfRange(whole, 10, whole.length))
              .closeFrame(1000, "")
              .linger();
        });

    assertThat(linesOf(logs(List.of(), CAPS))).containsExactly("x".repeat(70_000));
  }

  @Test
  void agreesThatThereAreNoLines() {
    start(Client::upgrade);

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.Read<>(List.of(), Optional.empty()));
  }

  @Test
  void takesExactlyAsManyLinesAsWantedForAll() {
    start(client -> client.upgrade().text(line("web-1", "a")).text(line("web-1", "b")));

    assertThat(cutOf(logs(List.of(), new ReadCaps(2, 1000, AMPLE)))).isEmpty();
    assertThat(cutOf(logs(List.of(), new ReadCaps(1, 1000, AMPLE)))).contains(Cut.ITEMS);
    assertThat(linesOf(logs(List.of(), new ReadCaps(1, 1000, AMPLE)))).containsExactly("a");
  }

  @Test
  void stopsReadingAFlood() throws InterruptedException {
    start(
        client -> {
          client.upgrade();
          while (true) {
            client.text(line("web-1", "x".repeat(1000)));
          }
        });

    ReadOutcome<PodLine> outcome = logs(List.of(), new ReadCaps(1_000_000, 50_000, AMPLE));

    assertThat(cutOf(outcome)).contains(Cut.BYTES);
    assertThat(linesOf(outcome)).hasSizeBetween(45, 50);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void breaksWithAProviderThatPingsWithoutEnd() throws InterruptedException {
    AtomicInteger pings = new AtomicInteger();
    start(
        client -> {
          client.upgrade();
          while (true) {
            client.frame(0x89, new byte[125]);
            pings.incrementAndGet();
          }
        });

    ReadOutcome<PodLine> outcome = logs(List.of(), new ReadCaps(10, 100 << 20, AMPLE));

    assertThat(cutOf(outcome)).contains(Cut.BYTES);
    assertThat(linesOf(outcome)).isEmpty();
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pings).as("no more than the sockets hold").hasValueLessThan(200_000);
  }

  @Test
  void answersAFewPings() {
    start(
        client -> {
          client.upgrade();
          for (int i = 0; i < 10; i++) {
            client.frame(0x89, new byte[] {1});
          }
          client.text(line("web-1", "after")).closeFrame(1000, "").linger();
        });

    assertThat(linesOf(logs(List.of(), CAPS))).containsExactly("after");
  }

  @Test
  void breaksWithAProviderWhoseMessageHasNoEnd() throws InterruptedException {
    start(
        client -> {
          client.upgrade().text(line("web-1", "before")).frame(0x01, new byte[0]);
          byte[] parts = new byte[16 << 10]; // frames of two bytes: neither the last nor any text
          while (true) {
            client.raw(parts);
          }
        });

    ReadOutcome<PodLine> outcome = logs(List.of(), new ReadCaps(10, 100 << 20, AMPLE));

    assertThat(linesOf(outcome)).containsExactly("before");
    assertThat(cutOf(outcome)).contains(Cut.BYTES);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void takesAMessageInMoreThanAFewParts() {
    start(
        client -> {
          client.upgrade();
          byte[] whole = line("web-1", "x".repeat(900)).getBytes(UTF_8);
          client.frame(0x01, new byte[0]);
          for (byte each : whole) {
            client.frame(0x00, new byte[] {each});
          }
          client.frame(0x80, new byte[0]);
        });

    assertThat(linesOf(logs(List.of(), CAPS))).containsExactly("x".repeat(900));
  }

  @Test
  void refusesCompressedFrames() throws InterruptedException {
    start(
        client ->
            client
                .upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n")
                .frame(0xc1, new byte[] {(byte) 0xaa, 0x56, 0x4a})
                .linger());

    assertThat(logs(List.of(), CAPS)).isInstanceOf(ReadOutcome.Unavailable.class);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true", // no code
    "03, false", // half a code
    "03e8, true",
    "03e9, true", // 1001, going away
    "0000, false",
    "03e7, false", // 999
    "03ec, false", // 1004, 1005, 1006: never sent
    "03ed, false",
    "03ee, false",
    "03f7, false", // 1015
    "0fa3, false", // 4003
    "ffff, false",
    "0fa0c328, true", // 4000, and a reason that is no UTF-8: the library drops the connection
  })
  void endsWithWhateverCloseFrame(String payload, boolean isEnd) throws InterruptedException {
    start(
        client ->
            client
                .upgrade()
                .text(line("web-1", "a"))
                .frame(0x88, HexFormat.of().parseHex(payload))
                .linger());

    ReadOutcome<PodLine> outcome = logs(List.of(), CAPS);

    assertThat(linesOf(outcome)).containsExactly("a");
    assertThat(cutOf(outcome)).isEqualTo(isEnd ? Optional.empty() : Optional.of(Cut.BROKEN));
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void keepsWhatCameBeforeInvalidText() throws InterruptedException {
    start(
        client ->
            client
                .upgrade()
                .text(line("web-1", "a"))
                .frame(0x81, new byte[] {'"', (byte) 0xc3, 0x28, '"'})
                .linger());

    ReadOutcome<PodLine> outcome = logs(List.of(), CAPS);

    assertThat(linesOf(outcome)).containsExactly("a");
    assertThat(cutOf(outcome)).contains(Cut.BROKEN);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotWaitForTheRestOfAFrame() throws InterruptedException {
    start(
        client ->
            client
                .upgrade()
                .text(line("web-1", "a"))
                .raw(new byte[] {(byte) 0x81, 100, 'x'})
                .linger());

    ReadOutcome<PodLine> outcome =
        streams(SHORT).logs("user", provider(), LEASE, List.of(), 1, CAPS);

    assertThat(linesOf(outcome)).containsExactly("a");
    assertThat(cutOf(outcome)).contains(Cut.SILENCE);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void takesAHalfClosedConnectionForTheEnd() throws InterruptedException {
    start(
        client -> {
          client.upgrade().text(line("web-1", "a"));
          client.socket().shutdownOutput();
          client.linger();
        });

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(
            new ReadOutcome.Read<>(List.of(new PodLine("web-1", "a", NOW)), Optional.empty()));
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givesUpAHandshakeLongBeforeAnAnswer() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      WebSocketStreams streams =
          streams(new WebSocketStreams.Patience(SHORT, AMPLE, AMPLE, AMPLE, AMPLE));

      assertThat(streams.logs("user", providerAt(silent.port()), LEASE, List.of(), 1, CAPS))
          .isInstanceOfSatisfying(
              ReadOutcome.Unavailable.class,
              none -> assertThat(none.reason()).startsWith("no connection, or it broke"));
      assertThat(silent.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void breaksWithAProviderWhoseHeadersHaveNoEnd() throws InterruptedException {
    start(
        client -> {
          client.raw("HTTP/1.1 101 Switching Protocols\r\n");
          while (true) {
            client.raw("X-More: " + "x".repeat(1000) + "\r\n");
          }
        });

    assertThat(logs(List.of(), CAPS)).isInstanceOf(ReadOutcome.Unavailable.class);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void refusesAMessageOfGigabytesByItsHead() throws InterruptedException {
    start(
        client -> {
          client.upgrade().text(line("web-1", "before"));
          client.raw(new byte[] {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0}).linger();
        });

    ReadOutcome<PodLine> outcome = logs(List.of(), CAPS);

    assertThat(linesOf(outcome)).containsExactly("before");
    assertThat(cutOf(outcome)).contains(Cut.BYTES);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotWaitForAProviderThatFallsSilent() throws InterruptedException {
    start(client -> client.upgrade().text(line("web-1", "last words")).linger());

    ReadOutcome<PodLine> outcome =
        streams(SHORT).logs("user", provider(), LEASE, List.of(), 1, CAPS);

    assertThat(linesOf(outcome)).containsExactly("last words");
    assertThat(cutOf(outcome)).contains(Cut.SILENCE);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void stopsWhenTheTimeIsUp() {
    start(client -> client.upgrade().text(line("web-1", "a")).linger());

    ReadOutcome<PodLine> outcome = logs(List.of(), new ReadCaps(100, 1000, Duration.ofSeconds(2)));

    assertThat(linesOf(outcome)).containsExactly("a");
    assertThat(cutOf(outcome)).contains(Cut.TIME);
  }

  @Test
  void doesNotWaitForAnUpgradeThatNeverComes() {
    start(Client::linger);

    assertThat(logs(List.of(), new ReadCaps(100, 1000, SHORT)))
        .isEqualTo(new ReadOutcome.Unavailable<>("no answer in time"));
  }

  @Test
  void saysThatNothingRunsYet() {
    start(client -> client.upgrade().closeFrame(4000, "no running pods").linger());
    assertThat(logs(List.of(), CAPS)).isEqualTo(new ReadOutcome.NotReady<>("no running pods"));
    server.close();

    start(client -> client.upgrade().closeFrame(4000, "").linger());
    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.NotReady<>("a replica is still starting"));
    server.close();

    start(client -> client.upgrade().closeFrame(4001, "").linger());
    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.NotReady<>("the provider has nothing of this lease"));
  }

  @Test
  void saysThatTheClusterIsOutOfReach() {
    start(client -> client.upgrade().closeFrame(4002, "").linger());

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider does not reach its own cluster"));
  }

  @Test
  void keepsWhatCameBeforeAnError() {
    start(client -> client.upgrade().text(line("web-1", "a")).closeFrame(4000, "").linger());

    ReadOutcome<PodLine> outcome = logs(List.of(), CAPS);

    assertThat(linesOf(outcome)).containsExactly("a");
    assertThat(cutOf(outcome)).contains(Cut.BROKEN);
  }

  @Test
  void leavesOutWhatIsNoLine() {
    start(
        client ->
            client
                .upgrade()
                .text("[")
                .text("null")
                .text("{\"name\":1,\"message\":\"x\"}")
                .text("{\"name\":\"web-1\"}")
                .frame(0x82, new byte[] {1, 2, 3})
                .text(line("web-1", "a")));

    assertThat(linesOf(logs(List.of(), CAPS))).containsExactly("a");
  }

  @Test
  void replacesARefusedTokenOnce() {
    start(
        client -> client.raw("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").linger(),
        client -> client.upgrade().text(line("web-1", "a")));

    assertThat(linesOf(logs(List.of(), CAPS))).containsExactly("a");
    assertThat(server.received.get(1)).contains("Authorization: Bearer token-2");
    server.close();

    start(client -> client.raw("HTTP/1.1 400 Bad Request\r\n\r\n").linger());
    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider refused the token"));
    assertThat(server.received).hasSize(2);
  }

  @Test
  void followsNoRedirect() {
    start(
        client ->
            client
                .raw("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://elsewhere/\r\n\r\n")
                .linger());

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider answered 307"));
    assertThat(server.received).hasSize(1);
  }

  @Test
  void tellsNothingToAServerThatIsNotTheProvider() {
    server = new TestSocketServer(selfSigned(PROVIDER), Client::upgrade);

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(
            new ReadOutcome.Unavailable<>(
                "the server is not the provider: its certificate is not a valid one of the provider"
                    + " on the chain"));
    assertThat(server.received).isEmpty();
  }

  @Test
  void saysThatNoOneListens() {
    start(Client::upgrade);
    server.close();

    assertThat(logs(List.of(), CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("no connection, or it broke: ConnectException"));
  }

  @Test
  void tellsLinesWhenTheyComeAndNotOnlyAtTheEnd() {
    CountDownLatch wasTold = new CountDownLatch(1);
    start(
        client -> {
          client.upgrade().text(line("web-1", "first"));
          await(wasTold);
          client.text(line("web-1", "second"));
        });
    Told told =
        new Told() {
          @Override
          public void line(PodLine line) {
            super.line(line);
            wasTold.countDown();
          }
        };

    ReadOutcome<PodLine> outcome = follow(streams(AMPLE), CAPS, told);

    assertThat(told.all).containsExactly("opened", "first", "second");
    assertThat(outcome).isEqualTo(new ReadOutcome.Read<>(List.of(), Optional.empty()));
    assertThat(server.received.getFirst())
        .contains("GET /lease/42/1/2/logs?follow=true&tail=50&service=web HTTP/1.1");
    assertThat(tokenRequests).containsExactly(new TokenRequest("user", PROVIDER, List.of("logs")));
  }

  @Test
  void saysThatItIsQuietAndGoesOnFollowing() {
    CountDownLatch wasQuiet = new CountDownLatch(2);
    start(
        client -> {
          client.upgrade();
          await(wasQuiet);
          client.text(line("web-1", "at last"));
        });
    Told told =
        new Told() {
          @Override
          public void quiet() {
            wasQuiet.countDown();
          }
        };

    ReadOutcome<PodLine> outcome = follow(streams(SHORT), CAPS, told);

    assertThat(told.all).containsExactly("opened", "at last");
    assertThat(cutOf(outcome)).isEmpty();
  }

  @Test
  void noticesThatAProviderIsGoneWithoutAWord() throws InterruptedException {
    start(client -> client.upgrade().text(line("web-1", "a")).linger()); // answers no ping

    ReadOutcome<PodLine> outcome = follow(streams(AMPLE, Duration.ofSeconds(1)), CAPS, new Told());

    assertThat(outcome).isEqualTo(new ReadOutcome.Read<>(List.of(), Optional.empty()));
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void followsNoLongerThanThereIsTimeAndNoMoreThanThereIsRoom() throws InterruptedException {
    start(client -> client.upgrade().text(line("web-1", "a")).linger());
    ReadCaps shortTime = new ReadCaps(100, 1000, Duration.ofSeconds(2));
    assertThat(cutOf(follow(streams(AMPLE), shortTime, new Told()))).contains(Cut.TIME);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    server.close();

    start(
        client -> {
          client.upgrade();
          while (true) {
            client.text(line("web-1", "x".repeat(1000)));
          }
        });
    Told told = new Told();
    assertThat(cutOf(follow(streams(AMPLE), new ReadCaps(1_000_000, 50_000, AMPLE), told)))
        .contains(Cut.BYTES);
    assertThat(told.all).hasSizeBetween(45, 51);
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hangsUpWhenTheListenerIsGone() throws InterruptedException {
    start(
        client -> {
          client.upgrade();
          while (true) {
            client.text(line("web-1", "x"));
          }
        });
    Told gone =
        new Told() {
          @Override
          public void line(PodLine line) {
            throw new UncheckedIOException(new IOException("gone"));
          }
        };

    assertThatThrownBy(() -> follow(streams(AMPLE), CAPS, gone)).hasMessageContaining("gone");
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void followsNothingThatIsNotReady() {
    start(client -> client.upgrade().closeFrame(4000, "no running pods").linger());

    assertThat(follow(streams(AMPLE), CAPS, new Told()))
        .isEqualTo(new ReadOutcome.NotReady<>("no running pods"));
  }

  @Test
  void readsEventsUntilTheProviderCloses() {
    start(
        client ->
            client
                .upgrade()
                .text(
                    """
                    {"type":"Warning","reportingController":"kubelet","reason":"BackOff",
                     "note":"Back-off restarting","object":{"kind":"Pod","namespace":"n","name":"web-1"}}
                    """)
                .text("{\"type\":\"Normal\",\"object\":null}")
                .text("{\"reason\":\"Odd\",\"note\":\"" + "x".repeat(5000) + "\"}")
                .closeFrame(1000, "")
                .linger());

    ReadOutcome<ClusterEvent> outcome = streams(AMPLE).events("user", provider(), LEASE, CAPS);

    assertThat(outcome)
        .isEqualTo(
            new ReadOutcome.Read<>(
                List.of(
                    new ClusterEvent(
                        "Warning", "BackOff", "Back-off restarting", "Pod", "web-1", NOW),
                    new ClusterEvent("", "Odd", "x".repeat(1024), "", "", NOW)),
                Optional.empty()));
    assertThat(server.received.getFirst())
        .contains("GET /lease/42/1/2/kubeevents?follow=false HTTP/1.1");
    assertThat(tokenRequests)
        .containsExactly(new TokenRequest("user", PROVIDER, List.of("events")));
  }

  private void start(Script... scripts) {
    server = new TestSocketServer(identity, scripts);
  }

  private static String line(String pod, String message) {
    return "{\"name\":\"" + pod + "\",\"message\":\"" + message + "\"}\n";
  }

  private ReadOutcome<PodLine> logs(List<String> services, ReadCaps caps) {
    return streams(AMPLE).logs("user", provider(), LEASE, services, 50, caps);
  }

  private ReadOutcome<PodLine> follow(WebSocketStreams streams, ReadCaps caps, Told told) {
    return streams.follow("user", provider(), LEASE, List.of("web"), 50, caps, told);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Remembers what was told. */
  private static class Told implements ProviderStreams.Listener {
    final List<String> all = new ArrayList<>();

    @Override
    public void opened() {
      all.add("opened");
    }

    @Override
    public void line(PodLine line) {
      all.add(line.message());
    }

    @Override
    public void quiet() {
      all.add("quiet");
    }
  }

  private static List<String> linesOf(ReadOutcome<PodLine> outcome) {
    return read(outcome).items().stream().map(PodLine::message).toList();
  }

  private static Optional<Cut> cutOf(ReadOutcome<PodLine> outcome) {
    return read(outcome).cut();
  }

  private static ReadOutcome.Read<PodLine> read(ReadOutcome<PodLine> outcome) {
    assertThat(outcome).isInstanceOf(ReadOutcome.Read.class);
    return (ReadOutcome.Read<PodLine>) outcome;
  }

  private Provider provider() {
    return providerAt(server.port());
  }

  private static Provider providerAt(int port) {
    return new Provider(PROVIDER, "https://" + HOST + ":" + port, List.of());
  }

  private WebSocketStreams streams(Duration silence) {
    return streams(silence, AMPLE);
  }

  private WebSocketStreams streams(Duration silence, Duration lost) {
    return streams(new WebSocketStreams.Patience(AMPLE, silence, AMPLE, silence, lost));
  }

  private WebSocketStreams streams(WebSocketStreams.Patience patience) {
    return new WebSocketStreams(
        new ProviderLookup(
            new PublishedCertificates(
                List.of(identity.publishedBy(PROVIDER, Certificate.State.VALID))),
            AddressPolicy.allowLoopback(),
            host -> List.of(InetAddress.getLoopbackAddress()),
            CA.trusted(),
            () -> NOW),
        request -> {
          tokenRequests.add(request);
          return "token-" + tokenRequests.size();
        },
        () -> NOW,
        patience);
  }
}
