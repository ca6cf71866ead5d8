package dev.tintype.egress;

import java.net.InetAddress;

/** One thing that an operator allows beside the public internet. */
public sealed interface AllowEntry {
  /** Exactly this host name; its addresses are allowed whatever they are. */
  record NamedHost(String name) implements AllowEntry {
    public NamedHost {
      name = AllowEntry.name(name);
    }

    @Override
    public boolean matchesName(String host) {
      return host.equals(name);
    }
  }

  /** Every name below this domain, at any depth, but not the domain itself. */
  record Subdomains(String domain) implements AllowEntry {
    public Subdomains {
      domain = AllowEntry.name(domain);
    }

    @Override
    public boolean matchesName(String host) {
      return host.endsWith("." + domain);
    }
  }

  /**
   * Every address of this network, by whatever name it is found.
   *
   * @param first the network's first address
   * @param prefix how many leading bits belong to the network: 0 to 32, or to 128
   */
  record Network(InetAddress first, int prefix) implements AllowEntry {
    public Network {
      new Cidr(first, prefix);
    }

    @Override
    public boolean matchesAddress(InetAddress address) {
      return new Cidr(first, prefix).contains(address);
    }
  }

  /** Says whether a host name (lower case, no trailing dot) is allowed. */
  default boolean matchesName(String host) {
    return false;
  }

  /** Says whether an address is allowed. */
  default boolean matchesAddress(InetAddress address) {
    return false;
  }

  /**
   * Reads one entry: {@code intranet.example}, {@code *.example.com}, {@code 10.0.0.7}, {@code
   * fd00::7}, {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException that names the entry, what is wrong with it and what is
   *     allowed
   */
  static AllowEntry parse(String text) {
    String entry = text.strip();
    try {
      if (entry.contains("://")) {
        throw new IllegalArgumentException("is a URL; give its host alone");
      }
      if (entry.indexOf('/') >= 0) {
        return network(Cidr.parse(entry));
      }
      if (entry.startsWith("*.")) {
        return new Subdomains(entry.substring(2));
      }
      if (Host.parse(entry) instanceof Host.Literal) {
        return network(Cidr.of(Host.canonicalAddress(entry)));
      }
      return new NamedHost(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "allow entry \""
              + text
              + "\" "
              + e.getMessage()
              + "; an entry is a host name, *.domain, an IP address or a network such as 10.0.0.0/8",
          e);
    }
  }

  private static Network network(Cidr cidr) {
    return new Network(cidr.network(), cidr.prefix());
  }

  private static String name(String text) {
    if (Host.parse(text) instanceof Host.Name host) {
      return host.name();
    }
    throw new IllegalArgumentException("is not a host name");
  }
}
