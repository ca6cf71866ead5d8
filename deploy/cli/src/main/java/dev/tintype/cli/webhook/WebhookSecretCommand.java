package dev.tintype.cli.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.Durations;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.DurationConverter;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteSecret;
import dev.tintype.client.RemoteWebhooks;
import dev.tintype.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code webhook secret}: the keys that sign webhooks. */
@Command(
    name = "secret",
    description = "Print a signing secret; create, rotate or delete it.",
    footer = {
      "  export TINTYPE_SIGNING_SECRET=$(tintype webhook secret default --create)",
      "  tintype webhook secret default --rotate --overlap 48h"
    })
public final class WebhookSecretCommand extends ClientCommand {
  private static final String PATH = "/v1/webhooks/secrets/";

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = Webhook.DEFAULT_SECRET,
      converter = NameConverter.class,
      description =
          "Name of the secret. The secret of an endpoint has the ID of the endpoint. Default:"
              + " ${DEFAULT-VALUE}.")
  private String name = Webhook.DEFAULT_SECRET;

  @Option(
      names = "--create",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Create the secret unless it exists.")
  private boolean isCreated;

  @Option(
      names = "--rotate",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Replace the key by a new one.")
  private boolean isRotated;

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "24h",
      description =
          "With --rotate, how long the old key keeps signing too, 0s to 720h. Default: ${DEFAULT-VALUE}.")
  private Duration overlap = Duration.ofHours(24);

  @Option(
      names = "--delete",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Delete the secret. Refused while an endpoint uses it.")
  private boolean isDeleted;

  public WebhookSecretCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    checkChoice();
    if (isRotated) {
      ObjectNode body =
          JsonNodeFactory.instance.objectNode().put("overlap", Durations.spell(overlap));
      return List.of(new ApiRequest("POST", PATH + name + "/rotate", body, null));
    }
    String method = isDeleted ? "DELETE" : isCreated ? "PUT" : "GET";
    return List.of(new ApiRequest(method, PATH + name, null, null));
  }

  @Override
  protected ExitCode work() {
    checkChoice();
    RemoteWebhooks webhooks = client().webhooks();
    if (isDeleted) {
      webhooks.deleteSecret(name);
      print(
          isJson()
              ? JsonNodeFactory.instance
                  .objectNode()
                  .put("name", name)
                  .put("deleted", true)
                  .toString()
              : name + " deleted");
      return ExitCode.DONE;
    }
    RemoteSecret secret =
        isRotated
            ? webhooks.rotateSecret(name, overlap)
            : isCreated ? webhooks.createSecret(name) : webhooks.secret(name);
    print(isJson() ? secret.json().toString() : secret.key());
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private void checkChoice() {
    if (Stream.of(isCreated, isRotated, isDeleted).filter(chosen -> chosen).count() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--create, --rotate and --delete exclude each other; give one of them");
    }
  }

  static final class NameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!Webhook.SECRET_NAME.matcher(text).matches()) {
        throw new TypeConversionException(
            "\"" + text + "\" is not the name of a secret. Allowed: 1 to 63 of a-z, 0-9, _ and -.");
      }
      return text;
    }
  }
}
