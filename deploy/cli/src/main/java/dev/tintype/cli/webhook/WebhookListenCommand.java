package dev.tintype.cli.webhook;

import com.sun.net.httpserver.HttpServer;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import dev.tintype.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code webhook listen}: a receiver for development. */
@Command(
    name = "listen",
    description = {
      "Receive webhooks on this machine and print them. Stop with Ctrl-C.",
      "",
      "It listens on 127.0.0.1. The server must be allowed to connect there: tintype serve"
          + " --egress-allow 127.0.0.1"
    },
    footer = {
      "  tintype webhook listen --port 8090",
      "  tintype webhook listen --json | jq .body.type",
      "  tintype webhook listen --status 503                        to watch the retries",
      "  tintype webhook listen --forward-to http://127.0.0.1:3000/hooks"
    })
public final class WebhookListenCommand extends Subcommand {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "200",
      description =
          "Status of the answer to a genuine webhook, 200 to 599. Default: ${DEFAULT-VALUE}.")
  private int status;

  @Option(
      names = "--forward-to",
      paramLabel = "URL",
      description = "Forward genuine webhooks unchanged to this URL and return its status.")
  private @Nullable URI forwardTo;

  @Option(
      names = "--count",
      paramLabel = "COUNT",
      description = "Stop after this many genuine webhooks. Default: run until Ctrl-C.")
  private int count;

  @Mixin private final SecretOption secret = new SecretOption();

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Print each webhook as one line of JSON.")
  private boolean json;

  public WebhookListenCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected ExitCode run() {
    if (status < 200 || status > 599) {
      throw new CommandFailure(ExitCode.USAGE, "--status is " + status + "; allowed: 200 to 599");
    }
    checkForwardTo();
    Optional<WebhookVerifier> verifier = secret.verifier();
    var left = new CountDownLatch(count > 0 ? count : Integer.MAX_VALUE);
    HttpServer server = bind();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      server.setExecutor(threads);
      server.createContext(
          "/",
          new WebhookReceiver(
              verifier,
              forwardTo,
              status,
              webhook -> {
                printText(json ? webhook.json() : webhook.text());
                spec().commandLine().getOut().flush();
              },
              webhook -> {
                if (webhook.isAccepted()) {
                  left.countDown();
                }
              }));
      server.start();
      say("listening at http://127.0.0.1:" + server.getAddress().getPort() + "/");
      left.await();
      return ExitCode.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    } finally {
      // Leave the last answer time to be sent.
      server.stop(1);
      threads.shutdown();
    }
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    Map<ExitCode, String> codes = new LinkedHashMap<>();
    codes.put(ExitCode.DONE, "the webhooks of --count were received");
    codes.put(ExitCode.USAGE, ExitCode.USAGE.meaning());
    return codes;
  }

  private void checkForwardTo() {
    if (forwardTo == null) {
      return;
    }
    try {
      // The client knows best which addresses it can call: http or https, and a host.
      HttpRequest.newBuilder(forwardTo);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--forward-to is \""
              + forwardTo
              + "\"; allowed: an http or https URL with a host, such as"
              + " http://127.0.0.1:3000/hooks");
    }
  }

  private HttpServer bind() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot listen on port " + port + ": " + e.getMessage());
    }
  }
}
