package dev.tintype.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.egress.HostResolver;
import dev.tintype.worker.browser.EgressFault.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EgressProxyTest {
  private final Vertx vertx = Vertx.vertx();
  private final LittleServer server = new LittleServer();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final EgressProxy proxy =
      new EgressProxy(
          vertx,
          new EgressPolicy(
              EgressMode.PUBLIC, List.of(AllowEntry.parse("*.allowed.example")), resolver()));
  private final HttpClient browser = client();

  @BeforeEach
  void start() {
    names.put("www.allowed.example", List.of("127.0.0.1"));
    names.put("cdn.allowed.example", List.of("127.0.0.1"));
    names.put("private.example", List.of("127.0.0.1"));
    await(proxy.start());
  }

  @AfterEach
  void stop() {
    await(vertx.close());
    server.close();
  }

  @Test
  void aPageIsFetchedWithItsQueryHeadersAndStatus() throws Exception {
    server.on(
        "/page",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "a=1");
          exchange.getResponseHeaders().add("Set-Cookie", "b=2");
          LittleServer.answer(exchange, 418, exchange.getRequestURI().toString());
        });

    HttpResponse<String> answer =
        browser.send(
            get("www.allowed.example", "/page?q={a|b}").header("X-Mine", "yes").build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("/page?q=%7Ba%7Cb%7D");
    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(server.seen()).hasSize(1);
    assertThat(server.seen().get(0))
        .containsEntry("Host", List.of("www.allowed.example:" + server.port()))
        .containsEntry("X-mine", List.of("yes"))
        .doesNotContainKeys("Via", "X-forwarded-for", "Upgrade", "Http2-settings");
    assertThat(proxy.drainFaults()).isEmpty();
  }

  @Test
  void aPostedBodyArrivesWhole() throws Exception {
    server.on(
        "/echo",
        exchange -> LittleServer.answer(exchange, 200, exchange.getRequestBody().readAllBytes()));
    byte[] body = noise(300_000);

    assertThat(
            browser
                .send(
                    get("www.allowed.example", "/echo")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                    BodyHandlers.ofByteArray())
                .body())
        .isEqualTo(body);
  }

  @Test
  void aHeadRequestKeepsTheLengthAndHasNoBody() throws Exception {
    server.on(
        "/head",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Length", "12345");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });

    HttpResponse<String> answer =
        browser.send(
            get("www.allowed.example", "/head")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Content-Length")).contains("12345");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void oneBrowserConnectionServesSeveralHostsAndARefusalInBetween() throws Exception {
    server.on("/host", e -> LittleServer.answer(e, 200, e.getRequestHeaders().getFirst("Host")));

    try (Socket socket = raw()) {
      BufferedReader answers = reader(socket);
      for (String host : List.of("www.allowed.example", "private.example", "cdn.allowed.example")) {
        String authority = host + ":" + server.port();
        write(socket, "GET http://" + authority + "/host HTTP/1.1\r\nHost: other.example\r\n\r\n");
        Head head = Head.read(answers);
        if (host.equals("private.example")) {
          assertThat(head.status()).isEqualTo(403);
        } else {
          assertThat(head.status()).isEqualTo(200);
          assertThat(head.body()).isEqualTo(authority);
        }
      }
    }
  }

  @Test
  void aTunnelCarriesBytesBothWaysUntilOneSideEnds() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(socket, connect("www.allowed.example", origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        // The server speaks first, perhaps before the browser knows that the tunnel stands.
        write(accepted, "hello\r\n");
        BufferedReader answers = reader(socket);
        assertThat(Head.readWithoutBody(answers).status()).isEqualTo(200);
        assertThat(answers.readLine()).isEqualTo("hello");
        write(socket, "ping\r\n");
        BufferedReader received = reader(accepted);
        assertThat(received.readLine()).isEqualTo("ping");
        accepted.shutdownOutput();
        assertThat(answers.readLine()).isNull();
      }
    }
  }

  @Test
  void aTunnelCarriesALargeAnswerToASlowReaderIntact() throws Exception {
    byte[] body = noise(20 << 20);
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(socket, connect("www.allowed.example", origin.getLocalPort()));
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
  void aLargeBodyStreamsIntact() throws Exception {
    byte[] body = noise(20 << 20);
    server.on(
        "/large",
        exchange -> {
          // No length: chunked on both sides of the proxy.
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });

    assertThat(
            browser
                .send(get("www.allowed.example", "/large").build(), BodyHandlers.ofByteArray())
                .body())
        .isEqualTo(body);
  }

  @Test
  void aRefusedHostGetsA403AndTheServerIsNeverReached() throws Exception {
    HttpResponse<String> answer =
        browser.send(get("private.example", "/").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("private.example").doesNotContain("127.0.0.1");
    assertThat(server.seen()).isEmpty();
    assertThat(proxy.drainFaults())
        .containsExactly(
            new EgressFault(
                Kind.REFUSED,
                "private.example",
                "host private.example is not on the public internet; an operator can allow it with"
                    + " --egress-allow private.example"));
    assertThat(proxy.drainFaults()).isEmpty();
  }

  @Test
  void aRefusedTunnelGetsA403AndTheServerIsNeverReached() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(socket, connect("127.1", origin.getLocalPort()));

      assertThat(Head.read(reader(socket)).status()).isEqualTo(403);
      origin.setSoTimeout(1);
      assertThatThrownBy(origin::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(proxy.drainFaults()).extracting(EgressFault::host).containsExactly("127.1");
  }

  @Test
  void aRedirectToAPrivateHostIsRefusedWhenItIsFollowed() throws Exception {
    server.on(
        "/go",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", "http://private.example:" + server.port() + "/secret");
          LittleServer.answer(exchange, 302, "");
        });

    HttpResponse<String> answer =
        browser.send(get("www.allowed.example", "/go").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(server.seen()).hasSize(1);
    assertThat(proxy.drainFaults()).extracting(EgressFault::kind).containsExactly(Kind.REFUSED);
  }

  @Test
  void theCheckedAddressIsDialledThoughTheNameNowMeansAnother() throws Exception {
    server.on("/", exchange -> LittleServer.answer(exchange, 200, "checked"));
    // The JDK carries the name along with the address; it must not be looked up again.
    names.put("rebind.allowed.example", List.of("127.0.0.1", "then", "192.0.2.1"));

    assertThat(
            browser
                .send(get("rebind.allowed.example", "/").build(), BodyHandlers.ofString())
                .body())
        .isEqualTo("checked");
  }

  @Test
  void theNextCheckedAddressIsTriedWhenOneRefusesTheConnection() throws Exception {
    server.on("/", exchange -> LittleServer.answer(exchange, 200, "second"));
    names.put("two.allowed.example", List.of("127.0.0.2", "127.0.0.1"));

    assertThat(
            browser.send(get("two.allowed.example", "/").build(), BodyHandlers.ofString()).body())
        .isEqualTo("second");
    assertThat(proxy.drainFaults()).isEmpty();
  }

  @Test
  void aNameWithoutAddressIsA502AndAnUnresolvedFault() throws Exception {
    HttpResponse<String> answer =
        browser.send(get("gone.allowed.example", "/").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(proxy.drainFaults())
        .containsExactly(
            new EgressFault(
                Kind.UNRESOLVED,
                "gone.allowed.example",
                "host gone.allowed.example does not resolve"));
  }

  @Test
  void aClosedPortIsA502AndAnUnreachableFaultForPagesAndTunnels() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (String request :
        List.of(
            connect("www.allowed.example", closed),
            "GET http://www.allowed.example:" + closed + "/ HTTP/1.1\r\nHost: x\r\n\r\n")) {
      try (Socket socket = raw()) {
        write(socket, request);
        Head head = Head.read(reader(socket));
        assertThat(head.status()).isEqualTo(502);
        assertThat(head.body()).contains("www.allowed.example").doesNotContain("127.0.0.1");
      }
      assertThat(proxy.drainFaults())
          .extracting(EgressFault::kind)
          .containsExactly(Kind.UNREACHABLE);
    }
  }

  @Test
  void aServerThatClosesWithoutAnAnswerIsAskedTwiceAndThenAFault() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(
          socket,
          "GET http://www.allowed.example:"
              + origin.getLocalPort()
              + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
      for (int i = 0; i < 2; i++) {
        try (Socket accepted = origin.accept()) {
          assertThat(reader(accepted).readLine()).isEqualTo("GET / HTTP/1.1");
        }
      }
      assertThat(Head.read(reader(socket)).status()).isEqualTo(502);
    }
    assertThat(proxy.drainFaults().get(0).message()).contains("closed the connection");
  }

  @Test
  void halfAnAnswerReachesTheBrowserAsABrokenOne() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(
          socket,
          "GET http://www.allowed.example:"
              + origin.getLocalPort()
              + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
      try (Socket accepted = origin.accept()) {
        assertThat(reader(accepted).readLine()).isEqualTo("GET / HTTP/1.1");
        write(accepted, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      }
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).contains("hello").doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void aBrowserThatLeavesTakesItsRequestToTheServerAlong() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = raw();
      write(
          socket,
          "GET http://www.allowed.example:"
              + origin.getLocalPort()
              + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
      try (Socket accepted = origin.accept()) {
        BufferedReader received = reader(accepted);
        assertThat(Head.readLines(received)).startsWith("GET / HTTP/1.1");
        socket.close();
        assertThat(received.readLine()).isNull();
      }
    }
    assertThat(proxy.drainFaults()).isEmpty();
  }

  @Test
  void whatIsNoProxyRequestIsA400() throws Exception {
    for (String line :
        List.of("GET / HTTP/1.1", "GET ftp://a.example/ HTTP/1.1", "CONNECT a.example HTTP/1.1")) {
      try (Socket socket = raw()) {
        write(socket, line + "\r\nHost: x\r\n\r\n");
        assertThat(Head.read(reader(socket)).status()).as(line).isEqualTo(400);
      }
    }
  }

  @Test
  void faultsAreKeptOnceAHostAndAtMostAHundred() throws Exception {
    try (Socket socket = raw()) {
      BufferedReader answers = reader(socket);
      for (int i = 0; i < 110; i++) {
        write(socket, connect("10.0.0." + i, 443));
        assertThat(Head.read(answers).status()).isEqualTo(403);
        write(socket, connect("10.0.0.0", 443));
        assertThat(Head.read(answers).status()).isEqualTo(403);
      }
    }
    assertThat(proxy.drainFaults()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void closingEndsTheTunnelsAndFreesThePort() throws Exception {
    try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = raw()) {
      write(socket, connect("www.allowed.example", origin.getLocalPort()));
      try (Socket accepted = origin.accept()) {
        assertThat(Head.readWithoutBody(reader(socket)).status()).isEqualTo(200);
        await(proxy.close());
        await(proxy.close());
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThatThrownBy(this::raw).isInstanceOf(java.net.ConnectException.class);
  }

  /** Answers the addresses up to "then"; every later answer is what stands behind it. */
  private HostResolver resolver() {
    return host -> {
      List<String> answers = names.getOrDefault(host, List.of());
      int then = answers.indexOf("then");
      if (then >= 0) {
        names.put(host, answers.subList(then + 1, answers.size()));
        answers = answers.subList(0, then);
      }
      return answers.isEmpty()
          ? Future.failedFuture(new UnknownHostException(host))
          : Future.succeededFuture(answers.stream().map(a -> named(host, a)).toList());
    };
  }

  private static InetAddress named(String host, String ipv4) {
    byte[] bytes = new byte[4];
    List<String> parts = Arrays.asList(ipv4.split("\\.", -1));
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Integer.parseInt(parts.get(i));
    }
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(10))
        .proxy(
            new ProxySelector() {
              @Override
              public List<java.net.Proxy> select(URI uri) {
                return List.of(
                    new java.net.Proxy(
                        java.net.Proxy.Type.HTTP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
              }

              @Override
              public void connectFailed(URI uri, java.net.SocketAddress address, IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .build();
  }

  private HttpRequest.Builder get(String host, String path) {
    String encoded = path.replace("{", "%7B").replace("|", "%7C").replace("}", "%7D");
    return HttpRequest.newBuilder(URI.create("http://" + host + ":" + server.port() + encoded));
  }

  private Socket raw() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static String connect(String host, int port) {
    String authority = host + ":" + port;
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** An answer as it stands on the wire. */
  private record Head(int status, String body) {
    static List<String> readLines(BufferedReader in) throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      return lines;
    }

    static Head readWithoutBody(BufferedReader in) throws IOException {
      return new Head(Integer.parseInt(readLines(in).get(0).substring(9, 12)), "");
    }

    static Head read(BufferedReader in) throws IOException {
      List<String> lines = readLines(in);
      int length = 0;
      for (String line : lines) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      char[] body = new char[length];
      int read = 0;
      while (read < length) {
        int more = in.read(body, read, length - read);
        assertThat(more).as("the answer has " + length + " bytes").isPositive();
        read += more;
      }
      return new Head(Integer.parseInt(lines.get(0).substring(9, 12)), new String(body));
    }
  }
}
