package io.berth.provider;

import java.net.InetAddress;
import java.util.List;

/**
 * Which network addresses a provider may have. Its URI is on the chain and anyone may write there,
 * so without this the gateway's client would reach into our own network.
 */
public final class AddressPolicy {
  /** IPv4 blocks that are not the public internet (IANA special-purpose registry, multicast). */
  private static final List<AddressBlock> SPECIAL_V4 =
      AddressBlock.parseAll(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** The only block of IPv6 from which public addresses are given out. */
  private static final AddressBlock GLOBAL_V6 = AddressBlock.parse("2000::/3");

  /** Parts of it that are special, or that carry an IPv4 address within. */
  private static final List<AddressBlock> SPECIAL_V6 =
      AddressBlock.parseAll("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final List<PortRange> ALL_PORTS = List.of(new PortRange(1, 0xffff));

  private final boolean loopback;
  private final List<PortRange> ports;

  private AddressPolicy(boolean loopback, List<PortRange> ports) {
    this.loopback = loopback;
    this.ports = List.copyOf(ports);
  }

  /**
   * Public addresses under a domain name. The only policy for the cloud.
   *
   * @param ports the only ones to connect to
   * @throws IllegalArgumentException if there are none
   */
  public static AddressPolicy publicOnly(List<PortRange> ports) {
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("no port of providers is allowed");
    }
    return new AddressPolicy(false, ports);
  }

  /** This machine too, by any name and port: for providers simulated beside us. */
  public static AddressPolicy allowLoopback() {
    return new AddressPolicy(true, ALL_PORTS);
  }

  boolean allowsAddress(InetAddress address) {
    return (loopback && address.isLoopbackAddress()) || isPublic(address);
  }

  boolean allowsPort(int port) {
    return ports.stream().anyMatch(range -> range.contains(port));
  }

  /** Whether the host may be a bare address or a name without a domain. */
  boolean allowsBareHost() {
    return loopback;
  }

  // An IPv4 address mapped into IPv6 (::ffff:a.b.c.d) is an Inet4Address to the JDK.
  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes))
        : GLOBAL_V6.contains(bytes)
            && SPECIAL_V6.stream().noneMatch(block -> block.contains(bytes));
  }
}
