package dev.tintype.worker.webhook;

import static dev.tintype.worker.webhook.DeliveryRig.KEY;
import static dev.tintype.worker.webhook.DeliveryRig.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tintype.json.Json;
import dev.tintype.testing.RedisServer;
import dev.tintype.webhook.SigningKey;
import dev.tintype.worker.webhook.DeliveryRig.Call;
import dev.tintype.worker.webhook.DeliveryRig.Receiver;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The verifier that is published for JavaScript takes what we send, and nothing else. */
@Timeout(240)
class NpmVerifierIT {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final Path FOLDER = Path.of("target", "npm-verifier");
  private static final String NEW_KEY = SigningKey.random(new Random(1)).text();

  private final DeliveryRig rig = new DeliveryRig(redis.uri());

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void npmVerifierAcceptsOursAndRejectsChangedOnes() throws Exception {
    assumeTrue(
        isOnPath("node") && isOnPath("npm"),
        "there is no node or no npm on the PATH; VerifierTest has checked the same by the verifier of"
            + " Maven Central");
    install();
    var receiver = new Receiver(rig.vertx, request -> request.response().end());
    rig.deliver(DeliveryRig.HASTY, Duration.ofSeconds(15));

    Call before = call(receiver);
    rig.secrets.rotate(TENANT, "default", NEW_KEY, Duration.ofHours(1)).await();
    Call during = call(receiver);
    rig.rotateTheFirstOut();
    Call after = call(receiver);

    assertThat(
            verified(
                question(KEY, before, before.body()),
                question(KEY, during, during.body()),
                question(NEW_KEY, during, during.body()),
                question(NEW_KEY, after, after.body()),
                question(KEY, after, after.body()),
                question(KEY, before, before.body() + " "),
                question(KEY, before, during.body())))
        .containsExactly("true", "true", "true", "true", "false", "false", "false");
  }

  private Call call(Receiver receiver) throws InterruptedException {
    rig.end(receiver.url("www"), "{\"name\":\"Zoë\"}");
    return receiver.next();
  }

  private static String question(String key, Call call, String body) {
    Map<String, String> headers =
        Map.of(
            "webhook-id", call.header("webhook-id"),
            "webhook-timestamp", call.header("webhook-timestamp"),
            "webhook-signature", call.header("webhook-signature"));
    return Json.write(Map.of("key", key, "headers", headers, "body", body));
  }

  private static List<String> verified(String... questions) throws Exception {
    Process node = process("node", "verify.mjs");
    try (OutputStream in = node.getOutputStream()) {
      in.write((String.join("\n", questions) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    List<String> answers = new ArrayList<>(node.inputReader().lines().toList());
    assertThat(node.waitFor()).isZero();
    return answers;
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(Path.of("src", "test", "npm"))) {
      for (Path file : files.toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Process npm = process("npm", "ci", "--no-audit", "--no-fund");
    String said = String.join("\n", npm.inputReader().lines().toList());
    boolean installed = npm.waitFor(200, TimeUnit.SECONDS) && npm.exitValue() == 0;
    assertThat(installed).as("npm installs the verifier: " + said).isTrue();
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
