package dev.tintype.egress;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A host read the way a browser reads it (WHATWG URL, section 3.5), so that no spelling means one
 * address to us and another one to Chromium, and so that no literal ever reaches the name service.
 */
sealed interface Host {
  /** RFC 1035 section 3.1: 255 octets on the wire are 253 characters. */
  int MAX_LENGTH = 253;

  // Underscores are no host names by RFC 952, but they resolve and browsers take them.
  Pattern LABELS = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
  Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
  Pattern DIGITS = Pattern.compile("[0-9]+");

  /**
   * A name to be resolved.
   *
   * @param name lower case, ASCII, without a trailing dot
   */
  record Name(String name) implements Host {
    /** RFC 6761 section 6.3: these are loopback, and no name service is asked. */
    boolean isLocalhost() {
      return name.equals("localhost") || name.endsWith(".localhost");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** An address, however it was spelled. An IPv4-mapped one is the IPv4 address. */
  record Literal(InetAddress address) implements Host {
    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /**
   * Reads a host as it stands in a URL, a CONNECT line or an allow list.
   *
   * @throws IllegalArgumentException if a browser would not accept it, or for a zone id
   */
  static Host parse(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      return new Literal(ipv6(host.substring(1, host.length() - 1)));
    }
    if (host.indexOf(':') >= 0) {
      return new Literal(ipv6(host));
    }
    // Before anything is judged: full-width digits and dots become ASCII here, as in a browser.
    if (!host.chars().allMatch(c -> c < 0x80)) {
      host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    if (host.length() > MAX_LENGTH || !LABELS.matcher(host).matches()) {
      throw new IllegalArgumentException("is not a host name");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    if (DIGITS.matcher(last).matches() || number(last).isPresent()) {
      return new Literal(ipv4(host));
    }
    return new Name(host);
  }

  /**
   * Reads an address that is spelled the one usual way. Operators' lists are read so: {@code
   * 010.0.0.1} is somebody's slip, not somebody's wish for 8.0.0.1.
   *
   * @throws IllegalArgumentException for every other text
   */
  static InetAddress canonicalAddress(String text) {
    if (!(parse(text) instanceof Literal literal)) {
      throw new IllegalArgumentException("is not an IP address");
    }
    InetAddress address = literal.address();
    if (address instanceof Inet4Address && !address.getHostAddress().equals(text)) {
      throw new IllegalArgumentException("is written " + address.getHostAddress());
    }
    return address;
  }

  /** The address of these 4 or 16 bytes, without a name or scope; IPv4-mapped becomes IPv4. */
  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private static InetAddress ipv6(String text) {
    if (text.indexOf('%') >= 0) {
      // RFC 6874 zones name an interface of this machine: never a place on the internet.
      throw new IllegalArgumentException("has a zone id");
    }
    if (!IPV6.matcher(text).matches() || text.indexOf(':') < 0) {
      throw new IllegalArgumentException("is not an IPv6 address");
    }
    try {
      // In brackets the JDK reads a literal or throws; it never asks the name service.
      return InetAddress.getAllByName("[" + text + "]")[0];
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("is not an IPv6 address", e);
    }
  }

  /** The WHATWG IPv4 parser: one to four numbers, the last of which fills what is left. */
  private static InetAddress ipv4(String text) {
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() > 4) {
      throw new IllegalArgumentException("is not an IPv4 address");
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      int bytes = i < parts.size() - 1 ? 1 : 5 - parts.size();
      long value = number(parts.get(i)).orElse(-1);
      if (value < 0 || value >= 1L << (8 * bytes)) {
        throw new IllegalArgumentException("is not an IPv4 address");
      }
      address = (address << (8 * bytes)) | value;
    }
    return address(
        new byte[] {
          (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        });
  }

  /** Decimal, 0-octal or 0x-hexadecimal, as inet_aton reads it. */
  private static OptionalLong number(String text) {
    int radix = 10;
    String digits = text;
    if (text.startsWith("0x")) {
      radix = 16;
      digits = text.length() == 2 ? "0" : text.substring(2);
    } else if (text.length() > 1 && text.startsWith("0")) {
      radix = 8;
      digits = text.substring(1);
    }
    // parseLong takes a sign, which no address has.
    if (digits.startsWith("-") || digits.startsWith("+")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits, radix));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
