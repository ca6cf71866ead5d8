package dev.tintype.worker.webhook;

import static dev.tintype.worker.webhook.DeliveryRig.HASTY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.testing.RedisServer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The address is pinned, and the name stays the name: for SNI and for the certificate. */
@Timeout(240)
class TlsTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;

  private final DeliveryRig rig = new DeliveryRig(redis.uri());

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void certificateIsCheckedAgainstTheNameOfTheReceiver() throws Exception {
    PfxOptions certificate = certificateOf("good.receiver.example");
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    int port =
        rig.vertx
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate))
            .requestHandler(
                request -> {
                  names.add(String.valueOf(request.connection().indicatedServerName()));
                  request.response().end();
                })
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    rig.deliver(
        HASTY,
        Duration.ofSeconds(15),
        rig.outbox(Duration.ofSeconds(30)),
        new HttpClientOptions().setTrustOptions(certificate));

    JobId good = rig.end("https://good.receiver.example:" + port + "/");
    JobId other = rig.end("https://other.receiver.example:" + port + "/");

    rig.delivery(good, State.DELIVERED);
    assertThat(names.poll(10, TimeUnit.SECONDS)).isEqualTo("good.receiver.example");
    assertThat(rig.outcomes(rig.delivery(other, State.GIVEN_UP))).containsOnly("connection_failed");
    assertThat(names).isEmpty();
  }

  private PfxOptions certificateOf(String name) throws Exception {
    Path file = folder.resolve("certificate.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-storetype",
                    "PKCS12",
                    "-alias",
                    "receiver",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "SAN=dns:" + name,
                    "-storepass",
                    "secret",
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor())
        .as(() -> String.join("\n", keytool.inputReader().lines().toList()))
        .isZero();
    return new PfxOptions().setPath(file.toString()).setPassword("secret");
  }
}
