package io.berth.local.providers.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.akash.BidId;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The names that providers derive from a lease, so that they are always the same. */
public final class Names {
  /** The name space of RFC 4122 for domain names. */
  private static final byte[] DNS = HexFormat.of().parseHex("6ba7b8109dad11d180b400c04fd430c8");

  private static final String POD_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {}

  /** The first label of a service's own host name: a version 5 UUID in base32hex. */
  public static String ingressHost(BidId lease, String service) {
    byte[] name = (path(lease) + service).getBytes(UTF_8);
    byte[] seed = new byte[DNS.length + name.length];
    System.arraycopy(DNS, 0, seed, 0, DNS.length);
    System.arraycopy(name, 0, seed, DNS.length, name.length);
    byte[] uuid = Arrays.copyOf(hash("SHA-1", seed), 16);
    uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x50);
    uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
    return base32Hex(uuid);
  }

  /** The Kubernetes name space of a lease. */
  public static String namespace(BidId lease) {
    return base32Hex(hash("SHA-224", path(lease).getBytes(UTF_8)));
  }

  /** The name of a replica that belongs to a Kubernetes Deployment. */
  static String pod(BidId lease, String service, long generation, long replica) {
    String set = service + generation;
    String of = path(lease) + "/" + set;
    return "%s-%s-%s".formatted(service, letters(of, 10), letters(of + "/" + replica, 5));
  }

  private static String path(BidId lease) {
    return "%s/%d/%d/%d/%s"
        .formatted(
            lease.order().owner(),
            lease.order().dseq(),
            lease.order().gseq(),
            lease.order().oseq(),
            lease.provider());
  }

  private static String letters(String seed, int count) {
    byte[] hash = hash("SHA-256", seed.getBytes(UTF_8));
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(POD_LETTERS.charAt(Byte.toUnsignedInt(hash[i]) % POD_LETTERS.length()));
    }
    return letters.toString();
  }

  /** Base32 with the extended hex alphabet, in lower case, without padding (RFC 4648 §7). */
  private static String base32Hex(byte[] bytes) {
    int digits = Math.ceilDiv(bytes.length * 8, 5);
    String text = new BigInteger(1, bytes).shiftLeft(digits * 5 - bytes.length * 8).toString(32);
    return "0".repeat(digits - text.length()) + text;
  }

  private static byte[] hash(String algorithm, byte[] input) {
    try {
      return MessageDigest.getInstance(algorithm).digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
