package dev.tintype.egress;

import java.net.InetAddress;

/**
 * A network in the notation of RFC 4632 section 3.1 (IPv4) and RFC 4291 section 2.3 (IPv6).
 *
 * @param network the first address
 * @param prefix how many leading bits belong to the network: 0 to 32, or to 128
 */
record Cidr(InetAddress network, int prefix) {
  Cidr {
    int bits = network.getAddress().length * 8;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("the prefix is /0 to /" + bits + ", not /" + prefix);
    }
    // A slip such as 10.1.0.0/8 would allow sixteen million addresses more than it seems to.
    InetAddress first = Host.address(masked(network.getAddress(), prefix));
    if (!first.equals(network)) {
      throw new IllegalArgumentException(
          "has bits set beyond /" + prefix + "; write " + first.getHostAddress() + "/" + prefix);
    }
  }

  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("has no /prefix");
    }
    InetAddress network = Host.canonicalAddress(text.substring(0, slash));
    try {
      return new Cidr(network, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("has no number behind the slash", e);
    }
  }

  static Cidr of(InetAddress address) {
    InetAddress plain = Host.address(address.getAddress());
    return new Cidr(plain, plain.getAddress().length * 8);
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == network.getAddress().length
        && Host.address(masked(bytes, prefix)).equals(network);
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int kept = Math.min(8, Math.max(0, prefix - i * 8));
      masked[i] = (byte) (address[i] & (0xff << (8 - kept)));
    }
    return masked;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
