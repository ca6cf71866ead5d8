package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.testing.IPv6;
import dev.tintype.worker.egress.EgressFault.Kind;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EgressProxyTest {
  private final ProxyRig rig = new ProxyRig();
  private final LittleServer server = new LittleServer();
  private final HttpClient browser = rig.browser();

  @AfterEach
  void stop() {
    rig.close();
    server.close();
  }

  @Test
  void pageIsFetchedWithQueryHeadersAndStatus() throws Exception {
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
    assertThat(rig.proxy().drainFaults()).isEmpty();
  }

  @Test
  void pageAtAnIpv6AddressIsFetched() throws Exception {
    var six = new LittleServer(IPv6.loopback());
    six.on("/page", exchange -> LittleServer.answer(exchange, 200, "from afar"));
    // Of a name with both, the other is tried where the first does not listen.
    rig.name("both.allowed.example", "127.0.0.1", "::1");
    rig.name("six.allowed.example", "::1");

    for (String host : List.of("six.allowed.example", "both.allowed.example")) {
      URI page = URI.create("http://" + host + ":" + six.port() + "/page");
      assertThat(browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body())
          .isEqualTo("from afar");
    }
    six.close();
  }

  @Test
  void postedBodyArrivesComplete() throws Exception {
    server.on(
        "/echo",
        exchange -> LittleServer.answer(exchange, 200, exchange.getRequestBody().readAllBytes()));
    byte[] body = Wire.noise(300_000);

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
  void headResponseKeepsItsLengthAndHasNoBody() throws Exception {
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

    try (Socket socket = rig.connect()) {
      BufferedReader answers = Wire.reader(socket);
      for (String host : List.of("www.allowed.example", "private.example", "cdn.allowed.example")) {
        String authority = host + ":" + server.port();
        Wire.write(
            socket, "GET http://" + authority + "/host HTTP/1.1\r\nHost: other.example\r\n\r\n");
        Wire.Answer head = Wire.Answer.read(answers);
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
  void largeBodyStreamsIntact() throws Exception {
    byte[] body = Wire.noise(20 << 20);
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
  void refusedHostIs403AndIsNeverConnected() throws Exception {
    HttpResponse<String> answer =
        browser.send(get("private.example", "/").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("private.example").doesNotContain("127.0.0.1");
    assertThat(server.seen()).isEmpty();
    assertThat(rig.proxy().drainFaults())
        .containsExactly(
            new EgressFault(
                Kind.REFUSED,
                "private.example",
                "host private.example is not on the public internet; an operator can allow it with"
                    + " --egress-allow private.example"));
    assertThat(rig.proxy().drainFaults()).isEmpty();
  }

  @Test
  void redirectToAPrivateHostIsRefused() throws Exception {
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
    assertThat(rig.proxy().drainFaults())
        .extracting(EgressFault::kind)
        .containsExactly(Kind.REFUSED);
  }

  @Test
  void checkedAddressIsDialledAfterTheNameHasChanged() throws Exception {
    server.on("/", exchange -> LittleServer.answer(exchange, 200, "checked"));
    // The JDK carries the name along with the address; it must not be looked up again.
    rig.name("rebind.allowed.example", "127.0.0.1", "then", "192.0.2.1");

    assertThat(
            browser
                .send(get("rebind.allowed.example", "/").build(), BodyHandlers.ofString())
                .body())
        .isEqualTo("checked");
  }

  @Test
  void nextAddressIsDialledWhenOneRefuses() throws Exception {
    server.on("/", exchange -> LittleServer.answer(exchange, 200, "second"));
    rig.name("two.allowed.example", "127.0.0.2", "127.0.0.1");

    assertThat(
            browser.send(get("two.allowed.example", "/").build(), BodyHandlers.ofString()).body())
        .isEqualTo("second");
    assertThat(rig.proxy().drainFaults()).isEmpty();
  }

  @Test
  void ipv6LiteralKeepsItsBracketsInTheHostHeader() throws Exception {
    server.on("/", e -> LittleServer.answer(e, 200, e.getRequestHeaders().getFirst("Host")));
    EgressProxy open =
        new EgressProxy(
            rig.vertx(),
            new EgressPolicy(
                EgressMode.ANY, List.of(), host -> Future.failedFuture("asked for " + host)));
    ProxyRig.await(open.start());
    String authority = "[::ffff:127.0.0.1]:" + server.port();

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
      Wire.write(socket, "GET http://" + authority + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(Wire.Answer.read(Wire.reader(socket)).body()).isEqualTo(authority);
    }
  }

  @Test
  void trafficFlowsWhileTheWorkerThreadThatStartedTheProxyIsBusy() throws Exception {
    server.on("/", exchange -> LittleServer.answer(exchange, 200, "flows"));
    EgressProxy second = new EgressProxy(rig.vertx(), rig.policy());
    CountDownLatch busy = new CountDownLatch(1);
    Promise<Void> started = Promise.promise();
    VerticleBase worker =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            context.runOnContext(
                none ->
                    second
                        .start()
                        .onComplete(started)
                        .onSuccess(up -> assertThatNoException().isThrownBy(busy::await)));
            return Future.succeededFuture();
          }
        };
    ProxyRig.await(
        rig.vertx()
            .deployVerticle(
                worker, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    try {
      ProxyRig.await(started.future());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
        Wire.write(
            socket,
            "GET http://www.allowed.example:" + server.port() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(Wire.Answer.read(Wire.reader(socket)).body()).isEqualTo("flows");
      }
    } finally {
      busy.countDown();
    }
  }

  private HttpRequest.Builder get(String host, String path) {
    String encoded = path.replace("{", "%7B").replace("|", "%7C").replace("}", "%7D");
    return HttpRequest.newBuilder(URI.create("http://" + host + ":" + server.port() + encoded));
  }
}
