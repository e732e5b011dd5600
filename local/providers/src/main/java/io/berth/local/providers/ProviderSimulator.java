package io.berth.local.providers;

import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Block;
import io.berth.domain.akash.DeploymentId;
import io.berth.local.providers.bidding.Capacity;
import io.berth.local.providers.chain.Ids;
import io.berth.local.providers.chain.Node;
import io.berth.local.providers.chain.Outbox;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.cluster.WorkloadStore;
import io.berth.local.providers.cluster.Workloads;
import io.berth.local.providers.gateway.Api;
import io.berth.local.providers.gateway.Gateway;
import io.berth.local.providers.gateway.Patience;
import io.berth.local.providers.gateway.ServerCertificate;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.ManifestDesk;
import io.berth.local.providers.token.TokenVerifier;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A simulated Akash provider (provider-gateway.md §6.2). It knows the chain only through a node's
 * gRPC, bids on orders, takes manifests over HTTPS after checking them as real providers do, and
 * shows workloads that become ready as blocks pass. Nothing really runs.
 */
public final class ProviderSimulator implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ProviderSimulator.class.getName());

  private static final Duration CLOCK_ERROR = Duration.ofMinutes(2);

  private final ProviderConfig config;
  private final Node node;
  private final Outbox outbox;
  private final Workloads workloads;
  private final ManifestDesk manifests;
  private final Market market;
  private final Patience patience = new Patience();
  private final Gateway gateway;
  private ServerCertificate certificate;
  private final Registration registration;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("provider-ticker").unstarted(task));

  private volatile Persona persona = Persona.NORMAL;
  private volatile long lastHeight;

  private ProviderSimulator(ProviderConfig config) {
    this.config = config;
    this.node = new Node(config.node());
    this.outbox = new Outbox(node, config.key());
    this.workloads =
        new Workloads(
            config.readyAfterBlocks(),
            new WorkloadStore(config.data().map(this::folder)),
            this::fate);
    this.market = new Market(config, node, outbox, workloads, this::persona);
    this.manifests =
        new ManifestDesk(
            new LateChain(this::deployed, () -> lastHeight, this::persona),
            new Cluster(),
            config.clock(),
            this::persona);
    this.gateway =
        new Gateway(
            new Api(
                new Api.Identity(config.address(), config.publicHost(), config.ingressDomain()),
                new TokenVerifier(node::publicKey, this::tokenTime),
                manifests,
                workloads,
                this::status,
                this::persona),
            workloads,
            config.httpsPort(),
            node::certificates,
            config.clock(),
            patience);
    this.certificate = certificate();
    gateway.start(certificate);
    this.registration =
        new Registration(config, node, outbox, hostUri(), certificate, this::persona);
    persona(config.persona());
  }

  /** Starts a provider: its gateway listens, and it follows the chain. */
  public static ProviderSimulator start(ProviderConfig config) {
    ProviderSimulator provider = new ProviderSimulator(config);
    long interval = config.pollInterval().toMillis();
    if (interval > 0) {
      var _ =
          provider.ticker.scheduleWithFixedDelay(
              provider::tickQuietly, 0, interval, TimeUnit.MILLISECONDS);
    }
    return provider;
  }

  /** The provider's account. */
  public String address() {
    return config.address();
  }

  /** The gateway's URL, as in the provider's record on the chain. */
  public String hostUri() {
    return "https://localhost:" + gateway.port();
  }

  public Persona persona() {
    return persona;
  }

  /** Behaves like this from now on. */
  public synchronized void persona(Persona newPersona) {
    Persona old = persona;
    persona = newPersona;
    if (old == Persona.REVOKED_CERTIFICATE && newPersona != old) {
      certificate = freshCertificate();
      registration.renew(certificate);
      gateway.start(certificate);
    }
    patience.needed(newPersona == Persona.SLOW ? config.slowness() : Duration.ZERO);
    if (newPersona == Persona.DOWN) {
      gateway.stop();
    } else if (newPersona == Persona.WRONG_CERTIFICATE) {
      gateway.start(freshCertificate());
    } else if (old == Persona.DOWN || old == Persona.WRONG_CERTIFICATE) {
      gateway.start(certificate);
    }
  }

  /** Shows the certificate that another provider has on the chain. */
  public synchronized void showCertificateOf(ProviderSimulator other) {
    gateway.start(other.certificate);
  }

  /** Goes on at another port, and puts that on the chain with the next block. */
  public synchronized void move() {
    gateway.move(certificate);
    registration.moveTo(hostUri());
  }

  /** Closes a lease with the next block. */
  public synchronized void closeLease(BidId lease, LeaseClosedReason reason) {
    market.close(lease, reason, node.latestBlock());
  }

  /**
   * Looks for a new block, and if there is one does everything that it calls for.
   *
   * @throws StatusRuntimeException if the node does not answer
   */
  public synchronized void tick() {
    Block block = node.latestBlock();
    if (block.height() > lastHeight) {
      onBlock(block);
    }
  }

  /** One step of the provider's life. What the node fails to do now is tried at the next block. */
  private void onBlock(Block block) {
    lastHeight = block.height();
    workloads.onBlock(block.height());
    manifests.onBlock();
    outbox.onBlock(block);
    if (registration.onBlock(block)) {
      market.onBlock(block);
    }
  }

  private void tickQuietly() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "{0}: {1}", config.name(), e.getMessage());
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    patience.needed(Duration.ZERO);
    gateway.close();
    node.close();
  }

  private Stage fate(Stage due) {
    return switch (persona) {
      case NEVER_RUNS -> Stage.QUEUED;
      case CRASH_LOOPING -> due == Stage.READY ? Stage.CRASHING : due;
      default -> due;
    };
  }

  private Instant tokenTime() {
    Instant now = config.clock().instant();
    return switch (persona) {
      case CLOCK_BEHIND -> now.minus(CLOCK_ERROR);
      case CLOCK_AHEAD -> now.plus(CLOCK_ERROR);
      default -> now;
    };
  }

  private Path folder(Path data) {
    return data.resolve(config.name());
  }

  private ServerCertificate certificate() {
    return config
        .data()
        .map(this::folder)
        .map(
            folder ->
                ServerCertificate.keptIn(
                    folder.resolve("server.pem"),
                    config.address(),
                    domains(),
                    config.clock().instant()))
        .orElseGet(this::freshCertificate);
  }

  private ServerCertificate freshCertificate() {
    return ServerCertificate.selfSigned(config.address(), domains(), config.clock().instant());
  }

  private List<String> domains() {
    return List.of("localhost", config.publicHost(), "127.0.0.1");
  }

  private ManifestDesk.Deployed deployed(DeploymentId id) {
    QueryDeploymentResponse deployment = node.deployment(id);
    return new ManifestDesk.Deployed(
        Bytes.of(deployment.getDeployment().getHash().toByteArray()),
        deployment.getGroupsList().stream().map(group -> group.getGroupSpec()).toList(),
        node.activeLeases(config.address(), id).stream()
            .map(lease -> Ids.lease(lease.getId()))
            .toList());
  }

  private Map<String, Object> status() {
    Map<String, Object> inventory = new LinkedHashMap<>();
    inventory.put("active", List.of());
    inventory.put("pending", List.of());
    inventory.put("available", Map.of("nodes", List.of(nodeStatus())));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("cluster", Map.of("leases", workloads.all().size(), "inventory", inventory));
    status.put("bidengine", Map.of("orders", market.openBids()));
    status.put("manifest", Map.of("deployments", workloads.all().size()));
    status.put("cluster_public_hostname", config.publicHost());
    status.put("address", config.address());
    return status;
  }

  private Map<String, Object> nodeStatus() {
    return Map.of(
        "name", "node1",
        "allocatable", json(config.capacity()),
        "available", json(market.free()));
  }

  private static Map<String, Object> json(Capacity capacity) {
    return Map.of(
        "cpu", capacity.cpu(),
        "gpu", capacity.gpu(),
        "memory", capacity.memory(),
        "storage_ephemeral", capacity.storage());
  }

  /** Joins the desk with what it sets off. */
  private final class Cluster implements ManifestDesk.Cluster {
    @Override
    public void manifestCame(DeploymentId id) {
      market.manifestCame(id);
    }

    @Override
    public boolean isTaken(String host, String owner) {
      return workloads.isTaken(host, owner);
    }

    @Override
    public void deploy(BidId lease, Group group) {
      workloads.deploy(lease, group);
    }
  }
}
