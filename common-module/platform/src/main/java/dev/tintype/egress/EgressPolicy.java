package dev.tintype.egress;

import dev.tintype.egress.EgressDecision.Allowed;
import dev.tintype.egress.EgressDecision.Refused;
import dev.tintype.egress.EgressDecision.Unresolved;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Decides about every address that the product dials. Refuses what is not on the public internet,
 * so that nobody can have the platform photograph, or call back into, the network that it runs in
 * (server-side request forgery). Immutable; thread-safe if the resolver is.
 */
public final class EgressPolicy {
  /** The flag that the messages to clients name. */
  public static final String ALLOW_FLAG = "--egress-allow";

  // A browser tries both, and a development server may listen on either.
  private static final List<InetAddress> LOOPBACK =
      List.of(
          Host.address(new byte[] {127, 0, 0, 1}),
          Host.address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));

  private final EgressMode mode;
  private final List<AllowEntry> allow;
  private final HostResolver resolver;

  /**
   * Makes a policy.
   *
   * @param allow what may be dialled beside the public internet; of no effect with {@link
   *     EgressMode#ANY}
   */
  public EgressPolicy(EgressMode mode, List<AllowEntry> allow, HostResolver resolver) {
    this.mode = mode;
    this.allow = List.copyOf(allow);
    this.resolver = resolver;
  }

  /**
   * Decides about the host of a URL. A scheme other than http and https is refused, in every mode.
   *
   * @return as {@link #decide(String)}
   */
  public Future<EgressDecision> decide(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return refused("only http and https addresses are opened", "scheme=" + printable(scheme));
    }
    String host = HostName.written(url);
    return host.isEmpty()
        ? refused("the address names no host", "no host in the authority")
        : decide(host);
  }

  /**
   * Decides about a host.
   *
   * @param host a name or an address in any spelling that a browser takes, IPv6 with or without
   *     brackets, without a port
   * @return on the caller's context; fails only if the resolver fails in a way that it does not
   *     promise
   */
  public Future<EgressDecision> decide(String host) {
    Host parsed;
    try {
      parsed = Host.parse(host);
    } catch (IllegalArgumentException e) {
      return refused(
          "host " + printable(host) + " is not a valid host name or address",
          "host " + printable(host) + " " + e.getMessage());
    }
    if (parsed instanceof Host.Literal literal) {
      return Future.succeededFuture(judge(host, parsed, List.of(literal.address())));
    }
    Host.Name name = (Host.Name) parsed;
    if (name.isLocalhost()) {
      return Future.succeededFuture(judge(host, name, LOOPBACK));
    }
    return resolver
        .resolve(name.name())
        .map(addresses -> judge(host, name, addresses))
        .recover(e -> unresolved(host, e));
  }

  private EgressDecision judge(String written, Host host, List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return new Unresolved("host " + printable(written) + " does not resolve");
    }
    boolean byName =
        host instanceof Host.Name name && allow.stream().anyMatch(e -> e.matchesName(name.name()));
    if (mode == EgressMode.PUBLIC && !byName) {
      // One bad address condemns the host: an honest public name has none, and which of several
      // is dialled depends on which of them answers.
      for (InetAddress address : addresses) {
        Optional<String> reason = reasonAgainst(Host.address(address.getAddress()));
        if (reason.isPresent()) {
          return new Refused(
              "host "
                  + printable(written)
                  + " is not on the public internet; an operator can allow it with "
                  + ALLOW_FLAG
                  + " "
                  + host,
              "host " + host + " has address " + reason.get());
        }
      }
    }
    return new Allowed(addresses);
  }

  private Optional<String> reasonAgainst(InetAddress address) {
    if (allow.stream().anyMatch(e -> e.matchesAddress(address))) {
      return Optional.empty();
    }
    Optional<PublicInternet.Row> row = PublicInternet.whyNot(address);
    if (row.isPresent()) {
      return Optional.of(
          address.getHostAddress() + " in " + row.get().network() + " (" + row.get().why() + ")");
    }
    return PublicInternet.carries(address)
        .flatMap(this::reasonAgainst)
        .map(inner -> address.getHostAddress() + " which carries " + inner);
  }

  private static Future<EgressDecision> unresolved(String host, Throwable e) {
    if (e instanceof UnknownHostException) {
      return Future.succeededFuture(
          new Unresolved("host " + printable(host) + " does not resolve"));
    }
    if (e instanceof TimeoutException) {
      return Future.succeededFuture(
          new Unresolved("host " + printable(host) + " does not resolve: " + e.getMessage()));
    }
    return Future.failedFuture(e);
  }

  private static Future<EgressDecision> refused(String message, String reason) {
    return Future.succeededFuture(new Refused(message, reason));
  }

  /** Keeps a client's text from forging log lines or filling them. */
  private static String printable(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]", "?");
    return line.length() > Host.MAX_LENGTH ? line.substring(0, Host.MAX_LENGTH) + "..." : line;
  }
}
