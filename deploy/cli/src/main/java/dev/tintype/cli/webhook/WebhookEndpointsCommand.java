package dev.tintype.cli.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Terminal;
import dev.tintype.cli.command.TextTable;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteEndpoint;
import dev.tintype.client.RemoteWebhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code webhook endpoints}: the URLs that are called when any job ends. */
@Command(
    name = "endpoints",
    description = "List the endpoints that are called when any job ends; add or delete one.",
    footer = {
      "  tintype webhook endpoints",
      "  tintype webhook endpoints --add https://example.com/hooks --events failed,expired",
      "  tintype webhook endpoints --delete ep_01k5m7c0f2x8v9q3w4e5r6t7y8"
    })
public final class WebhookEndpointsCommand extends ClientCommand {
  private static final String PATH = "/v1/webhooks/endpoints";

  @Option(names = "--add", paramLabel = "URL", description = "Add an endpoint with this URL.")
  private @Nullable String added;

  @Option(
      names = "--events",
      split = ",",
      paramLabel = "EVENT",
      description =
          "With --add, events to send, separated by commas: succeeded, failed, cancelled, expired, batch."
              + " Default: all.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--delete",
      paramLabel = "ENDPOINT",
      converter = IdConverter.class,
      description = "Delete this endpoint.")
  private @Nullable String deleted;

  public WebhookEndpointsCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    checkChoice();
    if (added != null) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", added);
      if (!events.isEmpty()) {
        events.forEach(body.putArray("events")::add);
      }
      return List.of(new ApiRequest("POST", PATH, body, null));
    }
    return List.of(
        deleted == null
            ? ApiRequest.get(PATH)
            : new ApiRequest("DELETE", PATH + "/" + deleted, null, null));
  }

  @Override
  protected ExitCode work() {
    checkChoice();
    RemoteWebhooks webhooks = client().webhooks();
    if (added != null) {
      RemoteEndpoint endpoint = webhooks.createEndpoint(added, events);
      print(isJson() ? endpoint.json().toString() : endpoint.id());
      say("Show the key that signs its webhooks: tintype webhook secret " + endpoint.secret());
    } else if (deleted != null) {
      webhooks.deleteEndpoint(deleted);
      print(
          isJson()
              ? JsonNodeFactory.instance
                  .objectNode()
                  .put("id", deleted)
                  .put("deleted", true)
                  .toString()
              : deleted + " deleted");
    } else {
      show(webhooks.endpoints());
    }
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private void show(List<RemoteEndpoint> endpoints) {
    if (isJson()) {
      endpoints.forEach(endpoint -> print(endpoint.json().toString()));
      return;
    }
    if (endpoints.isEmpty()) {
      say("no endpoints");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "EVENTS", "SECRET", "RECEIVER"));
    for (RemoteEndpoint endpoint : endpoints) {
      rows.add(
          List.of(
              endpoint.id(),
              endpoint.isDisabled() ? "disabled" : "enabled",
              String.join(",", endpoint.events()),
              endpoint.secret(),
              endpoint.url()));
    }
    TextTable.lines(rows).forEach(this::print);
  }

  private void checkChoice() {
    if (added != null && deleted != null) {
      throw new CommandFailure(
          ExitCode.USAGE, "--add and --delete exclude each other; give one of them");
    }
    if (added == null && !events.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "--events requires --add");
    }
  }

  static final class IdConverter implements ITypeConverter<String> {
    private static final Pattern FORM = Pattern.compile("ep_[a-z0-9]{1,100}");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new TypeConversionException(
            "\""
                + text
                + "\" is not an endpoint ID. Expected ep_ and letters and digits, as printed by \"tintype"
                + " webhook endpoints\".");
      }
      return text;
    }
  }
}
