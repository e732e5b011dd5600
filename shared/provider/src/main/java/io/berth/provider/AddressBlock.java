package io.berth.provider;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A block of addresses in CIDR notation. */
final class AddressBlock {
  private final int addressSize;
  private final int hostBits;
  private final BigInteger network;

  private AddressBlock(byte[] address, int prefixLength) {
    this.addressSize = address.length;
    this.hostBits = 8 * address.length - prefixLength;
    this.network = networkOf(address);
  }

  static AddressBlock parse(String cidr) {
    int slash = cidr.indexOf('/');
    return new AddressBlock(
        InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress(),
        Integer.parseInt(cidr.substring(slash + 1)));
  }

  static List<AddressBlock> parseAll(String... cidrs) {
    return Arrays.stream(cidrs).map(AddressBlock::parse).toList();
  }

  boolean contains(byte[] address) {
    return address.length == addressSize && networkOf(address).equals(network);
  }

  private BigInteger networkOf(byte[] address) {
    return new BigInteger(1, address).shiftRight(hostBits);
  }
}
