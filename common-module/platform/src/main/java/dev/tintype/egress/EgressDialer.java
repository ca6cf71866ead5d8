package dev.tintype.egress;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Tries the checked addresses of a host one after another, all within one limit. */
public final class EgressDialer {
  // Each address has its share of the limit, which must remain long enough for a slow handshake.
  private static final int MAX_ADDRESSES = 4;

  /** One attempt at one address, which has this many milliseconds. */
  public interface Attempt<T> {
    Future<T> at(SocketAddress address, int millis);
  }

  private EgressDialer() {}

  /**
   * Tries each address until one can be dialled.
   *
   * @param checked those that the policy allowed, at least one
   * @param limit for all of them together, at least 4 ms
   */
  public static <T> Future<T> dial(
      List<InetAddress> checked, int port, Duration limit, Attempt<T> attempt) {
    List<SocketAddress> addresses =
        checked.stream().limit(MAX_ADDRESSES).map(a -> unnamed(a, port)).toList();
    return next(addresses, (int) limit.toMillis() / addresses.size(), attempt);
  }

  private static <T> Future<T> next(List<SocketAddress> left, int millis, Attempt<T> attempt) {
    Future<T> first = attempt.at(left.get(0), millis);
    return left.size() == 1
        ? first
        : first.recover(e -> next(left.subList(1, left.size()), millis, attempt));
  }

  /**
   * Takes the name off the address. Vert.x compares socket addresses by name where there is one, so
   * a pooled connection could belong to another address of the same name. An IPv6 address is in
   * brackets, because its HTTP client makes an authority of it and refuses one without them.
   */
  private static SocketAddress unnamed(InetAddress address, int port) {
    String literal = Host.address(address.getAddress()).getHostAddress();
    return SocketAddress.inetSocketAddress(
        port, literal.indexOf(':') < 0 ? literal : "[" + literal + "]");
  }
}
