package io.berth.local.providers;

import io.berth.local.providers.bidding.Capacity;
import io.berth.local.providers.bidding.ScalePricing;
import io.berth.wallet.WalletKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a simulated provider is. {@link #of} gives an ordinary one; the {@code with} methods change
 * it.
 *
 * @param name a DNS label; the provider's domain is {@code NAME.localhost}
 * @param key of the provider's account, which pays fees in uakt and bid deposits in uact
 * @param node gRPC target of an Akash node without TLS, such as {@code localhost:9090}
 * @param httpsPort of the gateway on the loopback interface; 0 for any
 * @param pricing how it prices orders
 * @param attributes of its record on the chain
 * @param capacity all it can lend out
 * @param persona how it behaves at first
 * @param clock what tokens are checked with; everything else goes by the time of blocks
 * @param bidDelayBlocks how many blocks it thinks about an order
 * @param bidTimeout after which it closes a bid that nobody took
 * @param manifestTimeout after which it closes a lease that no manifest came for
 * @param unstableTimeout after which it closes a lease whose workload is not ready all that time
 * @param readyAfterBlocks how many blocks after its manifest a workload is ready
 * @param slowness how long a SLOW provider lets requests wait
 * @param pollInterval how often it looks for a new block; zero if the caller drives it with {@link
 *     ProviderSimulator#tick}
 * @param data folder that keeps its certificate and workloads over restarts; empty to keep nothing
 */
public record ProviderConfig(
    String name,
    WalletKey key,
    String node,
    int httpsPort,
    ScalePricing pricing,
    Map<String, String> attributes,
    Capacity capacity,
    Persona persona,
    InstantSource clock,
    int bidDelayBlocks,
    Duration bidTimeout,
    Duration manifestTimeout,
    Duration unstableTimeout,
    int readyAfterBlocks,
    Duration slowness,
    Duration pollInterval,
    Optional<Path> data) {
  public ProviderConfig {
    attributes = Map.copyOf(attributes);
  }

  /** An ordinary provider with real-life time limits, on any free port. */
  public static ProviderConfig of(String name, WalletKey key, String node) {
    return new ProviderConfig(
        name,
        key,
        node,
        0,
        ScalePricing.ordinary(),
        Map.of("host", "akash", "region", "local", "organization", name),
        Capacity.of(64, 256, 2048, 0),
        Persona.NORMAL,
        InstantSource.system(),
        1,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(8),
        2,
        Duration.ofSeconds(8),
        Duration.ofMillis(200),
        Optional.empty());
  }

  public ProviderConfig withPricing(ScalePricing other) {
    return changed(draft -> draft.pricing = other);
  }

  public ProviderConfig withAttributes(Map<String, String> other) {
    return changed(draft -> draft.attributes = other);
  }

  public ProviderConfig withCapacity(Capacity other) {
    return changed(draft -> draft.capacity = other);
  }

  public ProviderConfig withPersona(Persona other) {
    return changed(draft -> draft.persona = other);
  }

  public ProviderConfig withClock(InstantSource other) {
    return changed(draft -> draft.clock = other);
  }

  public ProviderConfig withPollInterval(Duration other) {
    return changed(draft -> draft.pollInterval = other);
  }

  public ProviderConfig withTimeouts(Duration otherBidTimeout, Duration otherManifestTimeout) {
    return changed(
        draft -> {
          draft.bidTimeout = otherBidTimeout;
          draft.manifestTimeout = otherManifestTimeout;
        });
  }

  public ProviderConfig withData(Path folder) {
    return changed(draft -> draft.data = Optional.of(folder));
  }

  private ProviderConfig changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** The provider's account. */
  public String address() {
    return key.address();
  }

  /** The host name of forwarded ports. */
  String publicHost() {
    return name + ".localhost";
  }

  /** The parent of the host names of services. */
  String ingressDomain() {
    return "ingress." + publicHost();
  }

  /** A configuration while it is being changed. */
  private static final class Draft {
    private final ProviderConfig original;
    private ScalePricing pricing;
    private Map<String, String> attributes;
    private Capacity capacity;
    private Persona persona;
    private InstantSource clock;
    private Duration bidTimeout;
    private Duration manifestTimeout;
    private Duration pollInterval;
    private Optional<Path> data;

    Draft(ProviderConfig original) {
      this.original = original;
      this.pricing = original.pricing;
      this.attributes = original.attributes;
      this.capacity = original.capacity;
      this.persona = original.persona;
      this.clock = original.clock;
      this.bidTimeout = original.bidTimeout;
      this.manifestTimeout = original.manifestTimeout;
      this.pollInterval = original.pollInterval;
      this.data = original.data;
    }

    ProviderConfig finished() {
      return new ProviderConfig(
          original.name,
          original.key,
          original.node,
          original.httpsPort,
          pricing,
          attributes,
          capacity,
          persona,
          clock,
          original.bidDelayBlocks,
          bidTimeout,
          manifestTimeout,
          original.unstableTimeout,
          original.readyAfterBlocks,
          original.slowness,
          pollInterval,
          data);
    }
  }
}
