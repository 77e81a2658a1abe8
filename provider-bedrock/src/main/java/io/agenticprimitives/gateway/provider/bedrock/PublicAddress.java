package io.agenticprimitives.gateway.provider.bedrock;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Tells addresses of the public internet from all others (IANA's special-purpose registries for
/// IPv4 and IPv6). What a caller names must not lead into the operator's network, nor to the
/// services by which clouds give credentials to their machines.
final class PublicAddress {

  /// All of IPv4, and what of IPv6 is public. Outside are, among others, loopback, private and
  /// link-local addresses of IPv6, multicast, and those that stand for addresses of IPv4 (mapped,
  /// NAT64).
  private static final List<Block> PUBLIC = blocks("0.0.0.0/0", "2000::/3");

  /// What in them is not public.
  private static final List<Block> SPECIAL =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          // Most clouds' metadata are here, at 169.254.169.254.
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          // Azure's, for its machines.
          "168.63.129.16/32",
          // Tunnels and the like.
          "2001::/23",
          // Documentation.
          "2001:db8::/32",
          "3fff::/20",
          // Stands for addresses of IPv4.
          "2002::/16");

  private PublicAddress() {}

  private record Block(InetAddress start, int bits) {
    boolean holds(InetAddress address) {
      byte[] first = start.getAddress();
      byte[] other = address.getAddress();
      int whole = bits / 8;
      int rest = 8 - bits % 8;
      return first.length == other.length
          && Arrays.equals(first, 0, whole, other, 0, whole)
          && (rest == 8 || (first[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest);
    }
  }

  private static List<Block> blocks(String... written) {
    return Stream.of(written)
        .map(block -> block.split("/", 2))
        .map(parts -> new Block(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1])))
        .toList();
  }

  /// Whether a host is written as an address, and not as one of the public internet.
  static boolean isOther(String host) {
    try {
      return !isPublic(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /// Whether an address is one of the public internet.
  static boolean isPublic(InetAddress address) {
    return PUBLIC.stream().anyMatch(block -> block.holds(address))
        && SPECIAL.stream().noneMatch(block -> block.holds(address));
  }
}
