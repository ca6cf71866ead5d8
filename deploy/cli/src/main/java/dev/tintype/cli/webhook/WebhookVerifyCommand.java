package dev.tintype.cli.webhook;

import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import dev.tintype.webhook.InvalidWebhookException;
import dev.tintype.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhook verify}: whether a webhook is genuine. */
@Command(
    name = "verify",
    description = "Verify the signature and age of a received webhook.",
    footer = {
      "  tintype webhook verify body.json --headers headers.txt",
      "  receive | tintype webhook verify - --webhook-id msg_1 --webhook-timestamp 1767225600 \\",
      "      --webhook-signature v1,K5oZ..."
    })
public final class WebhookVerifyCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      description = "Body of the webhook, unchanged. - is standard input.")
  private String file = "";

  @Option(
      names = "--headers",
      paramLabel = "FILE",
      description = "Headers of the webhook, one per line. Unrelated headers are ignored.")
  private @Nullable String headersFile;

  @Option(names = "--webhook-id", paramLabel = "TEXT", description = "Header webhook-id.")
  private @Nullable String id;

  @Option(
      names = "--webhook-timestamp",
      paramLabel = "SECONDS",
      description = "Header webhook-timestamp.")
  private @Nullable String timestamp;

  @Option(
      names = "--webhook-signature",
      paramLabel = "TEXT",
      description = "Header webhook-signature.")
  private @Nullable String signature;

  @Mixin private final SecretOption secret = new SecretOption();

  public WebhookVerifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected ExitCode run() {
    WebhookVerifier verifier = secret.required();
    Map<String, String> headers = headers();
    try {
      verifier.verify(name -> headers.get(name), bytes(file));
    } catch (InvalidWebhookException e) {
      say(String.valueOf(e.getMessage()));
      return ExitCode.CAPTURE_FAILED;
    }
    say("genuine");
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    Map<ExitCode, String> codes = new LinkedHashMap<>();
    codes.put(ExitCode.DONE, "genuine");
    codes.put(ExitCode.CAPTURE_FAILED, "not genuine; the message says why");
    codes.put(ExitCode.USAGE, ExitCode.USAGE.meaning());
    return codes;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (headersFile != null) {
      String text = new String(bytes(headersFile), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> line.contains(":"))
          .forEach(
              line -> {
                int colon = line.indexOf(':');
                headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
              });
    }
    put(headers, WebhookVerifier.ID, id);
    put(headers, WebhookVerifier.TIMESTAMP, timestamp);
    put(headers, WebhookVerifier.SIGNATURE, signature);
    return headers;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private byte[] bytes(String name) {
    try {
      return terminal().read(name);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot read " + FileErrors.message(name, e));
    }
  }
}
