package dev.tintype.egress;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Asks a name service. */
public interface HostResolver {
  /**
   * Finds all addresses of a host.
   *
   * @param host a name in lower case ASCII, never an IP address
   * @return on the caller's context, the addresses in the order in which they should be tried. It
   *     fails with {@link java.net.UnknownHostException} if the name has none, and with {@link
   *     java.util.concurrent.TimeoutException}, whose message names the limit, if no answer came
   */
  Future<List<InetAddress>> resolve(String host);
}
