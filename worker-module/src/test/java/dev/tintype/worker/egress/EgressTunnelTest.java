package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EgressTunnelTest {
  private final ProxyRig rig = new ProxyRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void tunnelCarriesBytesBothWays() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, ProxyRig.tunnelTo("www.allowed.example", origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        // The server speaks first, perhaps before the browser knows that the tunnel stands.
        Wire.write(accepted, "hello\r\n");
        BufferedReader answers = Wire.reader(socket);
        assertThat(Wire.Answer.readHead(answers).status()).isEqualTo(200);
        assertThat(answers.readLine()).isEqualTo("hello");
        Wire.write(socket, "ping\r\n");
        BufferedReader received = Wire.reader(accepted);
        assertThat(received.readLine()).isEqualTo("ping");
        accepted.shutdownOutput();
        assertThat(answers.readLine()).isNull();
      }
    }
  }

  @Test
  void tunnelStreamsToASlowReader() throws Exception {
    byte[] body = Wire.noise(20 << 20);
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, ProxyRig.tunnelTo("www.allowed.example", origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        Thread sender =
            new Thread(
                () -> {
                  try (OutputStream out = accepted.getOutputStream()) {
                    out.write(body);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
        sender.start();
        var in = socket.getInputStream();
        int head = "HTTP/1.1 200 OK\r\n\r\n".length();
        assertThat(new String(in.readNBytes(head), StandardCharsets.US_ASCII)).endsWith("\r\n\r\n");
        assertThat(in.readAllBytes()).isEqualTo(body);
        sender.join();
      }
    }
  }

  @Test
  void refusedTunnelIs403AndIsNeverConnected() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, ProxyRig.tunnelTo("127.1", origin.getLocalPort()));

      assertThat(Wire.Answer.read(Wire.reader(socket)).status()).isEqualTo(403);
      origin.setSoTimeout(1);
      assertThatThrownBy(origin::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(rig.proxy().drainFaults()).extracting(EgressFault::host).containsExactly("127.1");
  }

  @Test
  void closingEndsTheTunnelsAndFreesThePort() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = rig.connect()) {
      Wire.write(socket, ProxyRig.tunnelTo("www.allowed.example", origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        assertThat(Wire.Answer.readHead(Wire.reader(socket)).status()).isEqualTo(200);
        ProxyRig.await(rig.proxy().close());
        ProxyRig.await(rig.proxy().close());
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThatThrownBy(rig::connect).isInstanceOf(java.net.ConnectException.class);
  }
}
