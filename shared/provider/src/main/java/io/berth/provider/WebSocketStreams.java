package io.berth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.Durations;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import io.berth.domain.provider.Scope;
import io.berth.domain.provider.TokenRequest;
import io.berth.provider.GatewaySocket.Event;
import io.berth.provider.ProviderLookup.Found;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs and events of leases over WebSockets (provider-gateway.md §1.6, §1.7). Before each, what
 * {@link HttpProviderGateway} does before a request; a refused token is replaced once.
 *
 * <p>Providers end finished logs by dropping the connection, so that is the usual end. One that
 * only falls silent is not waited for.
 */
public final class WebSocketStreams implements ProviderStreams {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Characters of an event's parts; Kubernetes itself allows 1024 of a note and 253 of a name. */
  private static final int MAX_WORD = 128;

  private static final int MAX_NOTE = 1024;
  private static final int MAX_NAME = 253;

  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int WITHOUT_CLOSE_FRAME = 1006;
  private static final int TOO_BIG = 1009;
  private static final int INTERNAL = 4000;
  private static final int NO_LEASE = 4001;
  private static final int NO_CLUSTER = 4002;

  private final ProviderLookup lookup;
  private final ProviderTokens tokens;
  private final InstantSource clock;
  private final Patience patience;

  /** Wires the streams to the system's resolver, the JDK's CAs and the real clock. */
  public WebSocketStreams(AkashReader chain, ProviderTokens tokens, AddressPolicy addresses) {
    this(new ProviderLookup(chain, addresses), tokens, InstantSource.system(), Patience.USUAL);
  }

  WebSocketStreams(
      ProviderLookup lookup, ProviderTokens tokens, InstantSource clock, Patience patience) {
    this.lookup = lookup;
    this.tokens = tokens;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param silence for a provider that says nothing more, when reading to the end
   * @param upgrade for the answer to the upgrade, when following
   * @param quiet between lines that are followed, until the listener is told that there are none
   * @param lost for an answer to our own pings, when following; whole seconds
   */
  record Patience(
      Duration connect, Duration silence, Duration upgrade, Duration quiet, Duration lost) {
    static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));
  }

  @Override
  public ReadOutcome<PodLine> logs(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps) {
    String path = path(lease, "logs") + "?follow=false&tail=" + tail + serviceFilter(services);
    return read(
        userId, provider, new Call(path, Scope.LOGS), caps, () -> new Kept<>(caps, this::line));
  }

  @Override
  public ReadOutcome<PodLine> follow(
      String userId,
      Provider provider,
      BidId lease,
      List<String> services,
      int tail,
      ReadCaps caps,
      Listener listener) {
    String path = path(lease, "logs") + "?follow=true&tail=" + tail + serviceFilter(services);
    return read(
        userId,
        provider,
        new Call(path, Scope.LOGS),
        caps,
        () -> new Told(caps, this::line, listener));
  }

  @Override
  public ReadOutcome<ClusterEvent> events(
      String userId, Provider provider, BidId lease, ReadCaps caps) {
    String path = path(lease, "kubeevents") + "?follow=false";
    return read(
        userId, provider, new Call(path, Scope.EVENTS), caps, () -> new Kept<>(caps, this::event));
  }

  /** What to ask a gateway for. */
  private record Call(String path, Scope scope) {}

  private <T> ReadOutcome<T> read(
      String userId,
      Provider provider,
      Call call,
      ReadCaps caps,
      Supplier<Collector<T>> collectors) {
    TimeBudget budget = new TimeBudget(caps.time());
    return switch (lookup.find(provider, budget)) {
      case Found.Nowhere(Reply.NoAnswer reply) -> unavailable(reply);
      case Found.Gateway gateway -> {
        Deadline deadline = Deadline.in(budget.left());
        var scope = new TokenRequest(userId, provider.owner(), List.of(call.scope().text()));
        for (int tries = 1; ; tries++) {
          Collector<T> collector = collectors.get();
          String token = tokens.issue(scope);
          ReadOutcome<T> outcome = collect(gateway, call.path(), token, deadline, collector);
          if (!collector.tokenRefused || tries == 2) {
            yield outcome;
          }
        }
      }
    };
  }

  private <T> ReadOutcome<T> collect(
      Found.Gateway gateway, String path, String token, Deadline deadline, Collector<T> collector) {
    try (GatewaySocket socket =
        new GatewaySocket(
            gateway.endpoint(),
            gateway.trust(),
            path,
            token,
            collector.caps.bytes(),
            patience.connect(),
            collector.lost(patience))) {
      while (true) {
        Duration left = deadline.left();
        Duration wait = Durations.within(collector.wait(patience), Duration.ZERO, left);
        Optional<Event> event = socket.next(wait);
        Optional<ReadOutcome<T>> outcome =
            event.isPresent() ? collector.take(event.get()) : collector.nothing(wait.equals(left));
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ReadOutcome.Unavailable<>("interrupted");
    }
  }

  /** What is read of one socket, and what its end means. */
  private abstract static class Collector<T> {
    private final ReadCaps caps;
    private final Function<JsonNode, Optional<T>> parse;
    private int count;
    private int bytes;
    private boolean opened;
    private boolean tokenRefused;

    Collector(ReadCaps caps, Function<JsonNode, Optional<T>> parse) {
      this.caps = caps;
      this.parse = parse;
    }

    /** How long to wait for the next event at most. */
    abstract Duration wait(Patience patience);

    /** For how long a provider may leave pings unanswered; empty to send it none. */
    abstract Optional<Duration> lost(Patience patience);

    abstract void add(T item);

    /** Everything that is to be in the outcome. */
    abstract List<T> items();

    /** The upgrade was done. */
    void noteOpened() {}

    /** Nothing came within {@link #wait}, and there is time left. */
    abstract Optional<ReadOutcome<T>> silence();

    final boolean isOpened() {
      return opened;
    }

    /** Takes what came; the outcome once there is one. */
    final Optional<ReadOutcome<T>> take(Event event) {
      return switch (event) {
        case Event.Opened opening -> {
          opened = true;
          noteOpened();
          yield Optional.empty();
        }
        case Event.Message(String text) -> take(text).map(this::cutShort);
        case Event.Refused(int status) -> Optional.of(refused(status));
        case Event.Failed(Reply.NoAnswer reply) -> Optional.of(unavailable(reply));
        case Event.Ended(int code, String reason) ->
            Optional.of(ended(code, Answers.oneLine(reason)));
      };
    }

    /** Nothing came; the outcome if there will be no more. */
    final Optional<ReadOutcome<T>> nothing(boolean timeIsUp) {
      if (!opened) {
        return Optional.of(new ReadOutcome.Unavailable<>("no answer in time"));
      }
      return timeIsUp ? Optional.of(cutShort(Cut.TIME)) : silence();
    }

    /**
     * Takes a message, or says which cap is in its way. What is not as it should be is left out.
     */
    private Optional<Cut> take(String text) {
      bytes += text.getBytes(UTF_8).length;
      if (bytes > caps.bytes()) {
        return Optional.of(Cut.BYTES);
      }
      Optional<T> item = json(text).flatMap(parse);
      if (item.isPresent() && count == caps.items()) {
        return Optional.of(Cut.ITEMS);
      }
      item.ifPresent(
          each -> {
            count++;
            add(each);
          });
      return Optional.empty();
    }

    final ReadOutcome<T> cutShort(Cut cut) {
      return new ReadOutcome.Read<>(items(), Optional.of(cut));
    }

    private ReadOutcome<T> refused(int status) {
      tokenRefused = status == 401 || status == 400;
      return new ReadOutcome.Unavailable<>(
          tokenRefused ? "the provider refused the token" : "the provider answered " + status);
    }

    private ReadOutcome<T> ended(int code, String reason) {
      if (code == NORMAL || code == GOING_AWAY || (code == WITHOUT_CLOSE_FRAME && opened)) {
        return new ReadOutcome.Read<>(items(), Optional.empty());
      }
      if (code == TOO_BIG && opened) {
        return cutShort(Cut.BYTES);
      }
      if (count > 0) {
        return cutShort(Cut.BROKEN);
      }
      return switch (code) {
        case INTERNAL ->
            new ReadOutcome.NotReady<>(reason.isEmpty() ? "a replica is still starting" : reason);
        case NO_LEASE -> new ReadOutcome.NotReady<>("the provider has nothing of this lease");
        case NO_CLUSTER ->
            new ReadOutcome.Unavailable<>("the provider does not reach its own cluster");
        default -> new ReadOutcome.Unavailable<>("the provider ended the stream with code " + code);
      };
    }
  }

  /** Reads to the end, and keeps everything for the outcome. */
  private static final class Kept<T> extends Collector<T> {
    private static final Duration AS_LONG_AS_THERE_IS = Duration.ofDays(1);

    private final List<T> items = new ArrayList<>();

    Kept(ReadCaps caps, Function<JsonNode, Optional<T>> parse) {
      super(caps, parse);
    }

    @Override
    Duration wait(Patience patience) {
      return isOpened() ? patience.silence() : AS_LONG_AS_THERE_IS;
    }

    @Override
    Optional<Duration> lost(Patience patience) {
      return Optional.empty();
    }

    @Override
    void add(T item) {
      items.add(item);
    }

    @Override
    List<T> items() {
      return items;
    }

    @Override
    Optional<ReadOutcome<T>> silence() {
      return Optional.of(cutShort(Cut.SILENCE));
    }
  }

  /** Tells each line at once, and waits for the next for as long as there is time. */
  private static final class Told extends Collector<PodLine> {
    private final Listener listener;

    Told(ReadCaps caps, Function<JsonNode, Optional<PodLine>> parse, Listener listener) {
      super(caps, parse);
      this.listener = listener;
    }

    @Override
    Duration wait(Patience patience) {
      return isOpened() ? patience.quiet() : patience.upgrade();
    }

    @Override
    Optional<Duration> lost(Patience patience) {
      return Optional.of(patience.lost());
    }

    @Override
    void noteOpened() {
      listener.opened();
    }

    @Override
    void add(PodLine line) {
      listener.line(line);
    }

    @Override
    List<PodLine> items() {
      return List.of();
    }

    @Override
    Optional<ReadOutcome<PodLine>> silence() {
      listener.quiet();
      return Optional.empty();
    }
  }

  private static <T> ReadOutcome<T> unavailable(Reply.NoAnswer reply) {
    return new ReadOutcome.Unavailable<>(
        reply instanceof Reply.Untrusted
            ? "the server is not the provider: " + reply.reason()
            : reply.reason());
  }

  private static String path(BidId lease, String what) {
    OrderId order = lease.order();
    return "/lease/" + order.dseq() + "/" + order.gseq() + "/" + order.oseq() + "/" + what;
  }

  /** The names are those of SDL services: letters, digits and dashes. */
  private static String serviceFilter(List<String> services) {
    return services.isEmpty() ? "" : "&service=" + String.join(",", services);
  }

  Optional<PodLine> line(JsonNode json) {
    JsonNode name = json.path("name");
    JsonNode message = json.path("message");
    return name.isString() && message.isString()
        ? Optional.of(new PodLine(name.asString(), message.asString(), clock.instant()))
        : Optional.empty();
  }

  Optional<ClusterEvent> event(JsonNode json) {
    JsonNode object = json.path("object");
    ClusterEvent event =
        new ClusterEvent(
            text(json, "type", MAX_WORD),
            text(json, "reason", MAX_WORD),
            text(json, "note", MAX_NOTE),
            text(object, "kind", MAX_WORD),
            text(object, "name", MAX_NAME),
            clock.instant());
    return event.reason().isEmpty() && event.note().isEmpty()
        ? Optional.empty()
        : Optional.of(event);
  }

  private static String text(JsonNode parent, String name, int max) {
    String text = parent.path(name).asString("");
    return text.length() > max ? text.substring(0, max) : text;
  }

  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
