package dev.tintype.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.opentest4j.TestAbortedException;

/** What not every machine has. */
public final class IPv6 {
  private IPv6() {}

  /** The loopback address; a test is skipped, with the reason, where there is none. */
  public static InetAddress loopback() {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      new ServerSocket(0, 1, address).close();
      return address;
    } catch (IOException e) {
      throw new TestAbortedException("this machine has no loopback of IPv6", e);
    }
  }
}
