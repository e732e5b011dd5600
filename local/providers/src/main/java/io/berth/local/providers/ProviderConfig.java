package io.berth.local.providers;

import io.berth.local.providers.bidding.Capacity;
import io.berth.local.providers.bidding.ScalePricing;
import io.berth.wallet.WalletKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

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
        2,
        Duration.ofSeconds(8),
        Duration.ofMillis(200),
        Optional.empty());
  }

  public ProviderConfig withHttpsPort(int newPort) {
    return new ProviderConfig(
        name,
        key,
        node,
        newPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withPricing(ScalePricing newPricing) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        newPricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withAttributes(Map<String, String> newAttributes) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        newAttributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withCapacity(Capacity newCapacity) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        newCapacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withPersona(Persona newPersona) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        newPersona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withClock(InstantSource newClock) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        newClock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withBidDelayBlocks(int newDelay) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        newDelay,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withTimeouts(Duration newBidTimeout, Duration newManifestTimeout) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        newBidTimeout,
        newManifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withReadyAfterBlocks(int newBlocks) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        newBlocks,
        slowness,
        pollInterval,
        data);
  }

  public ProviderConfig withSlowness(Duration newSlowness) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        newSlowness,
        pollInterval,
        data);
  }

  public ProviderConfig withPollInterval(Duration newInterval) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        newInterval,
        data);
  }

  public ProviderConfig withData(Path newData) {
    return new ProviderConfig(
        name,
        key,
        node,
        httpsPort,
        pricing,
        attributes,
        capacity,
        persona,
        clock,
        bidDelayBlocks,
        bidTimeout,
        manifestTimeout,
        readyAfterBlocks,
        slowness,
        pollInterval,
        Optional.of(newData));
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
}
