package dev.tintype.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are not on the public internet. Follows IANA's special-purpose address registries
 * (RFC 6890, RFC 8190), and is stricter where an exception there serves no web page.
 */
final class PublicInternet {
  /** A network whose addresses are not public, and why. */
  record Row(Cidr network, String why) {}

  // The first match wins, so a narrower network stands before the wider one around it.
  private static final List<Row> NOT_PUBLIC =
      List.of(
          row("0.0.0.0/8", "this network, RFC 791; Linux dials itself at 0.0.0.0"),
          row("10.0.0.0/8", "private, RFC 1918"),
          row("100.64.0.0/10", "carrier-grade NAT, RFC 6598"),
          row("127.0.0.0/8", "loopback, RFC 1122"),
          row("169.254.169.254/32", "cloud metadata, within link-local, RFC 3927"),
          row("169.254.0.0/16", "link-local, RFC 3927"),
          row("172.16.0.0/12", "private, RFC 1918"),
          row("192.0.0.0/24", "protocol assignments, RFC 6890"),
          row("192.0.2.0/24", "documentation, RFC 5737"),
          row("192.88.99.0/24", "6to4 relay anycast, RFC 7526"),
          row("192.168.0.0/16", "private, RFC 1918"),
          row("198.18.0.0/15", "benchmarks, RFC 2544"),
          row("198.51.100.0/24", "documentation, RFC 5737"),
          row("203.0.113.0/24", "documentation, RFC 5737"),
          row("224.0.0.0/4", "multicast, RFC 5771"),
          row("255.255.255.255/32", "broadcast, RFC 919"),
          row("240.0.0.0/4", "reserved, RFC 1112"),
          // Publicly numbered, and yet answered by the host under every Azure machine.
          row("168.63.129.16/32", "Azure's WireServer, a metadata service"),
          row("::/128", "unspecified, RFC 4291"),
          row("::1/128", "loopback, RFC 4291"),
          row("::/96", "IPv4-compatible, deprecated by RFC 4291"),
          row("64:ff9b:1::/48", "local NAT64, RFC 8215"),
          row("100::/64", "discard, RFC 6666"),
          row("2001::/32", "Teredo, RFC 4380"),
          row("2001::/23", "protocol assignments, RFC 2928"),
          row("2001:db8::/32", "documentation, RFC 3849"),
          row("3fff::/20", "documentation, RFC 9637"),
          row("5f00::/16", "segment routing, RFC 9602"),
          row("fc00::/7", "unique local, RFC 4193"),
          row("fe80::/10", "link-local, RFC 4291"),
          row("fec0::/10", "site-local, RFC 3879"),
          row("ff00::/8", "multicast, RFC 4291"));

  /** RFC 6052: what a DNS64 answers for every host that has IPv4 alone. */
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

  /** RFC 3056. */
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

  /** RFC 4291 section 2.4: what IANA hands out; the rest may become anything. */
  private static final Row OUTSIDE_GLOBAL_UNICAST =
      row("::/0", "outside 2000::/3, the global unicast space of RFC 4291");

  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

  private PublicInternet() {}

  /** Why the address itself is not public; says nothing of an address that it {@link #carries}. */
  static Optional<Row> whyNot(InetAddress address) {
    for (Row row : NOT_PUBLIC) {
      if (row.network().contains(address)) {
        return Optional.of(row);
      }
    }
    boolean fine =
        address instanceof Inet4Address
            || GLOBAL_UNICAST.contains(address)
            || NAT64.contains(address);
    return fine ? Optional.empty() : Optional.of(OUTSIDE_GLOBAL_UNICAST);
  }

  /** The IPv4 address that a gateway would deliver to, if the IPv6 address spells one. */
  static Optional<InetAddress> carries(InetAddress address) {
    if (address instanceof Inet4Address) {
      return Optional.empty();
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Optional.of(ipv4(address, 2));
    }
    return NAT64.contains(address) || isIsatap(address)
        ? Optional.of(ipv4(address, 12))
        : Optional.empty();
  }

  /** RFC 5214 section 6.1: an interface id of 0000:5efe or 0200:5efe, then the IPv4 address. */
  private static boolean isIsatap(InetAddress address) {
    byte[] b = address.getAddress();
    // Bit 0x02 of the first byte says whether the IPv4 address is unique in the world.
    return (b[8] & ~0x02) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == (byte) 0xfe;
  }

  private static InetAddress ipv4(InetAddress address, int from) {
    return Host.address(Arrays.copyOfRange(address.getAddress(), from, from + 4));
  }

  private static Row row(String cidr, String why) {
    return new Row(Cidr.parse(cidr), why);
  }
}
