package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.worker.egress.EgressFault.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EgressFaultTest {
  private final ProxyRig rig = new ProxyRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void unresolvedNameIs502AndAFault() throws Exception {
    try (Socket socket = rig.connect()) {
      Wire.write(socket, "GET http://gone.allowed.example/ HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(Wire.Answer.read(Wire.reader(socket)).status()).isEqualTo(502);
    }
    assertThat(rig.proxy().drainFaults())
        .containsExactly(
            new EgressFault(
                Kind.UNRESOLVED,
                "gone.allowed.example",
                "host gone.allowed.example does not resolve"));
  }

  @Test
  void closedPortIs502AndAFaultForPagesAndTunnels() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (String request : List.of(ProxyRig.tunnelTo("www.allowed.example", closed), page(closed))) {
      try (Socket socket = rig.connect()) {
        Wire.write(socket, request);
        Wire.Answer head = Wire.Answer.read(Wire.reader(socket));
        assertThat(head.status()).isEqualTo(502);
        assertThat(head.body()).contains("www.allowed.example").doesNotContain("127.0.0.1");
      }
      assertThat(rig.proxy().drainFaults())
          .extracting(EgressFault::kind)
          .containsExactly(Kind.UNREACHABLE);
    }
  }

  @Test
  void serverThatClosesWithoutResponseIsRetriedOnce() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, page(origin.getLocalPort()));
      for (int i = 0; i < 2; i++) {
        try (Socket accepted = origin.accept()) {
          assertThat(Wire.reader(accepted).readLine()).isEqualTo("GET / HTTP/1.1");
        }
      }
      assertThat(Wire.Answer.read(Wire.reader(socket)).status()).isEqualTo(502);
    }
    assertThat(rig.proxy().drainFaults().get(0).message()).contains("closed the connection");
  }

  @Test
  void truncatedResponseStaysTruncated() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, page(origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        assertThat(Wire.reader(accepted).readLine()).isEqualTo("GET / HTTP/1.1");
        Wire.write(accepted, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      }
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).contains("hello").doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void browserDisconnectEndsTheUpstreamRequest() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = rig.connect();
      Wire.write(socket, page(origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        BufferedReader received = Wire.reader(accepted);
        assertThat(Wire.readLines(received)).startsWith("GET / HTTP/1.1");
        socket.close();
        assertThat(received.readLine()).isNull();
      }
    }
    assertThat(rig.proxy().drainFaults()).isEmpty();
  }

  @Test
  void faultAfterThePageIsClosedIsDropped() throws Exception {
    for (String request :
        List.of(
            ProxyRig.tunnelTo("late.allowed.example", 443),
            "GET http://late.allowed.example/ HTTP/1.1\r\nHost: x\r\n\r\n")) {
      var answer = new CompletableFuture<List<InetAddress>>();
      rig.name("late.allowed.example", answer);
      try (Socket page = rig.connect()) {
        Wire.write(page, request);
        proxyHasServedWhatCameSoFar();
      }
      proxyHasServedWhatCameSoFar();

      answer.completeExceptionally(new UnknownHostException("late.allowed.example"));

      proxyHasServedWhatCameSoFar();
      assertThat(rig.proxy().drainFaults()).as(request).isEmpty();
    }
  }

  @Test
  void concurrentLookupsOfOnePageAreLimited() throws Exception {
    var dead = new CompletableFuture<List<InetAddress>>();
    List<Socket> page = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rig.name("dead" + i + ".allowed.example", dead);
      Socket socket = rig.connect();
      page.add(socket);
      Wire.write(socket, ProxyRig.tunnelTo("dead" + i + ".allowed.example", 443));
    }
    proxyHasServedWhatCameSoFar();
    assertThat(rig.lookedUp()).hasSize(EgressTraffic.MAX_CONCURRENT_LOOKUPS);
    for (Socket socket : page) {
      socket.close();
    }
    proxyHasServedWhatCameSoFar();

    dead.completeExceptionally(new TimeoutException("dead"));

    try (Socket next = rig.connect()) {
      Wire.write(next, ProxyRig.tunnelTo("gone.allowed.example", 443));
      assertThat(Wire.Answer.read(Wire.reader(next)).status()).isEqualTo(502);
    }
    assertThat(rig.lookedUp())
        .hasSize(EgressTraffic.MAX_CONCURRENT_LOOKUPS + 1)
        .endsWith("gone.allowed.example");
  }

  @Test
  void requestThatIsNotForAProxyIs400() throws Exception {
    for (String line :
        List.of("GET / HTTP/1.1", "GET ftp://a.example/ HTTP/1.1", "CONNECT a.example HTTP/1.1")) {
      try (Socket socket = rig.connect()) {
        Wire.write(socket, line + "\r\nHost: x\r\n\r\n");
        assertThat(Wire.Answer.read(Wire.reader(socket)).status()).as(line).isEqualTo(400);
      }
    }
  }

  @Test
  void faultsAreKeptOncePerHostUpToAHundred() throws Exception {
    try (Socket socket = rig.connect()) {
      BufferedReader answers = Wire.reader(socket);
      for (int i = 0; i < 110; i++) {
        Wire.write(socket, ProxyRig.tunnelTo("10.0.0." + i, 443));
        assertThat(Wire.Answer.read(answers).status()).isEqualTo(403);
        Wire.write(socket, ProxyRig.tunnelTo("10.0.0.0", 443));
        assertThat(Wire.Answer.read(answers).status()).isEqualTo(403);
      }
    }
    assertThat(rig.proxy().drainFaults()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void connectTimeoutIsAFaultThatNamesTheLimit() throws Exception {
    ProxyRig impatient = new ProxyRig(Duration.ofMillis(200));
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fillQueue(deaf, waiting);
      for (String request :
          List.of(
              ProxyRig.tunnelTo("www.allowed.example", deaf.getLocalPort()),
              page(deaf.getLocalPort()))) {
        try (Socket socket = impatient.connect()) {
          Wire.write(socket, request);
          assertThat(Wire.Answer.read(Wire.reader(socket)).status()).isEqualTo(502);
        }
        assertThat(impatient.proxy().drainFaults())
            .extracting(EgressFault::message)
            .containsExactly(
                "host www.allowed.example port "
                    + deaf.getLocalPort()
                    + " did not accept a connection within 200 ms");
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
      impatient.close();
    }
  }

  @Test
  void pooledConnectionClosedByTheServerIsReplaced() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      BufferedReader answers = Wire.reader(socket);
      Wire.write(socket, page(origin.getLocalPort()));
      try (Socket kept = origin.accept()) {
        BufferedReader asked = Wire.reader(kept);
        Wire.readLines(asked);
        Wire.write(kept, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
        assertThat(Wire.Answer.read(answers).body()).isEqualTo("first");
        Wire.write(socket, page(origin.getLocalPort()));
        assertThat(Wire.readLines(asked)).startsWith("GET / HTTP/1.1");
      }
      try (Socket fresh = origin.accept()) {
        Wire.readLines(Wire.reader(fresh));
        Wire.write(fresh, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
        assertThat(Wire.Answer.read(answers).body()).isEqualTo("second");
      }
    }
    assertThat(rig.proxy().drainFaults()).isEmpty();
  }

  @Test
  void truncatedUploadStaysTruncated() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = rig.connect();
      Wire.write(
          socket,
          "POST http://www.allowed.example:"
              + origin.getLocalPort()
              + "/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      try (Socket accepted = origin.accept()) {
        BufferedReader received = Wire.reader(accepted);
        assertThat(Wire.readLines(received)).startsWith("POST / HTTP/1.1");
        assertThat(List.of(received.readLine(), received.readLine())).containsExactly("5", "hello");
        socket.close();
        assertThat(received.readLine()).isNull();
      }
    }
  }

  /** The proxy's event loop takes one round after the other. */
  private void proxyHasServedWhatCameSoFar() throws IOException {
    try (Socket socket = rig.connect()) {
      BufferedReader answers = Wire.reader(socket);
      for (int round = 0; round < 2; round++) {
        Wire.write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(Wire.Answer.read(answers).status()).isEqualTo(400);
      }
    }
  }

  private static String page(int port) {
    return "GET http://www.allowed.example:" + port + "/ HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** Connects until the kernel takes no more: the next connection waits, unanswered. */
  private static void fillQueue(ServerSocket deaf, List<Socket> waiting) throws IOException {
    try {
      while (true) {
        Socket socket = new Socket();
        waiting.add(socket);
        socket.connect(deaf.getLocalSocketAddress(), 200);
      }
    } catch (SocketTimeoutException full) {
      assertThat(waiting).hasSizeGreaterThan(1);
    }
  }
}
