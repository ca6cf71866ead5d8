package dev.tintype.egress;

import java.net.InetAddress;
import java.util.List;

/** What {@link EgressPolicy} says about one host. */
public sealed interface EgressDecision {
  /**
   * The host may be dialled, at these addresses alone.
   *
   * @param addresses the addresses that were checked, in the resolver's order, at least one. Who
   *     dials takes one of them and never the name: a second look-up may answer differently (DNS
   *     rebinding).
   */
  record Allowed(List<InetAddress> addresses) implements EgressDecision {
    public Allowed {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("nothing to dial");
      }
    }
  }

  /**
   * The host may not be dialled.
   *
   * @param message for the client: the host as it was written and what would allow it; never an
   *     address that the host resolved to
   * @param reason for the log: which address, in which range
   */
  record Refused(String message, String reason) implements EgressDecision {}

  /**
   * Nobody knows an address of the host.
   *
   * @param message for the client and the log
   */
  record Unresolved(String message) implements EgressDecision {}
}
