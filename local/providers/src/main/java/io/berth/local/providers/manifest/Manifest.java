package io.berth.local.providers.manifest;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A manifest as the provider holds it after decoding (akash.manifest.v2beta3).
 *
 * <p>This is deliberately not {@code io.berth.sdl}: a provider hashes its own encoding of what it
 * was sent, so a second, separate reading is what finds faults in the first. Lists and objects that
 * Go keeps apart as nil and empty are null here when they are nil there.
 */
public record Manifest(List<Group> groups) {

  /**
   * The manifest's version: SHA-256 of Go's JSON with sorted keys. On the chain it is the
   * deployment's hash.
   */
  public byte[] version() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(ManifestJson.encode(this));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The services that one lease runs. */
  public record Group(String name, List<Service> services) {}

  /** A container with its resources and ports. */
  public record Service(
      String name,
      String image,
      List<String> command,
      List<String> args,
      List<String> env,
      Resources resources,
      long count,
      List<Expose> expose,
      Params params,
      Credentials credentials) {

    /** Whether Kubernetes would run it as a StatefulSet: it mounts a volume. */
    public boolean stateful() {
      return params != null
          && params.storage() != null
          && params.storage().stream().anyMatch(volume -> !volume.mount().isEmpty());
    }
  }

  /** What one replica takes. */
  public record Resources(
      long id,
      Quantity cpu,
      Quantity memory,
      List<Volume> storage,
      Quantity gpu,
      List<Endpoint> endpoints) {}

  /**
   * An amount of a resource.
   *
   * @param value thousandths of a CPU, bytes, or GPUs
   */
  public record Quantity(BigInteger value, List<Attribute> attributes) {}

  /** A volume, its size in bytes. */
  public record Volume(String name, BigInteger size, List<Attribute> attributes) {}

  /** A fact about a resource. */
  public record Attribute(String key, String value) {}

  /**
   * A way in from outside.
   *
   * @param kind 0 shared HTTP, 1 random port, 2 leased IP
   */
  public record Endpoint(long kind, long sequenceNumber) {}

  /** A port that others may reach. */
  public record Expose(
      long port,
      long externalPort,
      String proto,
      String service,
      boolean global,
      List<String> hosts,
      HttpOptions httpOptions,
      String ip,
      long endpointSequenceNumber) {

    /** The port as seen from outside. */
    public long outerPort() {
      return externalPort == 0 ? port : externalPort;
    }

    /** Whether the provider's HTTP ingress serves it, under a host name. */
    public boolean isIngress() {
      return proto.equals("TCP") && global && outerPort() == 80;
    }
  }

  /** How the ingress treats requests; times in ms, sizes in bytes. */
  public record HttpOptions(
      long maxBodySize,
      long readTimeout,
      long sendTimeout,
      long nextTries,
      long nextTimeout,
      List<String> nextCases,
      long proxyBufferSize) {}

  /** What a service has beside image and ports. */
  public record Params(
      List<Mount> storage, Credentials credentials, Permissions permissions, Tee tee) {}

  /** Where a volume appears in the container. */
  public record Mount(String name, String mount, boolean readOnly) {}

  /** What the container may read of its own lease. */
  public record Permissions(List<String> read) {}

  /** Confidential computing (AEP-83). */
  public record Tee(String type, boolean attestation) {}

  /** Access to a private image registry. */
  public record Credentials(String host, String email, String username, String password) {}
}
