package io.berth.local.providers.manifest;

import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.Service;
import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where manifests come in. What the chain says about a deployment is remembered for 5 seconds or
 * until the next block, so a manifest sent too early is refused a while longer (provider-gateway.md
 * §3.3).
 */
public final class ManifestDesk {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  /** What the desk asks the chain. */
  public interface Chain {

    /**
     * A deployment with this provider's leases of it.
     *
     * @throws RuntimeException if there is none, or the chain does not answer
     */
    Deployed deployment(DeploymentId id);
  }

  /** What the desk tells the rest of the provider. */
  public interface Cluster {

    /** Some manifest for the deployment came, good or bad. */
    void manifestCame(DeploymentId id);

    /** Whether another account's workload has the host name. */
    boolean isTaken(String host, String owner);

    /** Run this group for the lease. */
    void deploy(BidId lease, Group group);
  }

  /**
   * A deployment on the chain.
   *
   * @param groups in the order of their gseq
   * @param leases active ones with this provider
   */
  public record Deployed(Bytes hash, List<GroupSpec> groups, List<BidId> leases) {}

  private record Remembered(Deployed deployed, Instant at) {}

  private final Chain chain;
  private final Cluster cluster;
  private final InstantSource clock;
  private final Supplier<Persona> persona;
  private final Map<DeploymentId, Remembered> remembered = new HashMap<>();

  /**
   * A desk.
   *
   * @param persona asked for every manifest
   */
  public ManifestDesk(
      Chain chain, Cluster cluster, InstantSource clock, Supplier<Persona> persona) {
    this.chain = chain;
    this.cluster = cluster;
    this.clock = clock;
    this.persona = persona;
  }

  /** A new block may have changed everything. */
  public synchronized void onBlock() {
    remembered.clear();
  }

  /**
   * Takes a manifest and starts deploying it.
   *
   * @throws ManifestRefusedException with the answer if it is not taken
   */
  public synchronized void submit(DeploymentId id, byte[] json) throws ManifestRefusedException {
    Manifest manifest =
        persona.get() == Persona.OLD_SDK
            ? ManifestJson.decodeByOldSdk(json)
            : ManifestJson.decode(json);
    cluster.manifestCame(id);
    Deployed deployed = deployed(id);
    ManifestCheck.check(manifest, deployed.hash().toArray(), deployed.groups());
    Map<BidId, Group> leased = leased(manifest, deployed);
    checkPolicy(manifest);
    checkHosts(leased, id.owner());
    if (leased.isEmpty()) {
      throw new ManifestRefusedException(Fault.NO_LEASE, "no lease for deployment");
    }
    leased.forEach(cluster::deploy);
  }

  private Deployed deployed(DeploymentId id) throws ManifestRefusedException {
    Instant now = clock.instant();
    Remembered known = remembered.get(id);
    if (known == null || known.at().plus(MAX_AGE).isBefore(now)) {
      known = new Remembered(ask(id), now);
      remembered.put(id, known);
    }
    return known.deployed();
  }

  private Deployed ask(DeploymentId id) throws ManifestRefusedException {
    try {
      return chain.deployment(id);
    } catch (RuntimeException e) {
      throw new ManifestRefusedException(Fault.CHAIN, e.getMessage());
    }
  }

  private static Map<BidId, Group> leased(Manifest manifest, Deployed deployed) {
    Map<BidId, Group> leased = new HashMap<>();
    for (BidId lease : deployed.leases()) {
      String name = deployed.groups().get(lease.order().gseq() - 1).getName();
      manifest.groups().stream()
          .filter(group -> group.name().equals(name))
          .forEach(group -> leased.put(lease, group));
    }
    return leased;
  }

  /** The policy that real providers can switch on: no ingress without a host name of one's own. */
  private void checkPolicy(Manifest manifest) throws ManifestRefusedException {
    if (persona.get() != Persona.MANIFEST_REFUSING) {
      return;
    }
    Service service = manifest.groups().getFirst().services().getFirst();
    long port =
        ManifestRules.orEmpty(service.expose()).stream()
            .findFirst()
            .map(Expose::outerPort)
            .orElse(80L);
    throw new ManifestRefusedException(
        Fault.REJECTED,
        "manifest rejected: service %s exposed on %d:TCP must have a hostname"
            .formatted(ManifestRules.quote(service.name()), port));
  }

  private void checkHosts(Map<BidId, Group> leased, String owner) throws ManifestRefusedException {
    for (Group group : leased.values()) {
      for (Service service : group.services()) {
        for (Expose expose : ManifestRules.orEmpty(service.expose())) {
          for (String host : ManifestRules.orEmpty(expose.hosts())) {
            if (cluster.isTaken(host, owner)) {
              throw new ManifestRefusedException(
                  Fault.HOSTNAME,
                  "hostname not allowed: host %s in use".formatted(ManifestRules.quote(host)));
            }
          }
        }
      }
    }
  }
}
