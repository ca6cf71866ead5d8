package dev.tintype.cli.webhook;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.DurationConverter;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteDelivery;
import dev.tintype.client.RemoteWebhooks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhook test}: whether an endpoint can be reached. */
@Command(
    name = "test",
    description = {
      "Send a test event to an endpoint and show the response.",
      "",
      "If the answer of the server is lost, the command asks again, and two events may be sent."
    },
    footer = "  tintype webhook test ep_01k5m7c0f2x8v9q3w4e5r6t7y8")
public final class WebhookTestCommand extends ClientCommand {
  @Parameters(
      paramLabel = "ENDPOINT",
      converter = WebhookEndpointsCommand.IdConverter.class,
      description = "ID of the endpoint, as printed by \"tintype webhook endpoints\".")
  private String endpoint = "";

  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1m",
      description =
          "How long to wait for the first attempt, which may take 15s. 0s: do not wait."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration limit = Duration.ofMinutes(1);

  public WebhookTestCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    return List.of(
        new ApiRequest("POST", "/v1/webhooks/endpoints/" + endpoint + "/test", null, null));
  }

  @Override
  protected ExitCode work() {
    RemoteWebhooks webhooks = client().webhooks();
    String id = webhooks.test(endpoint);
    RemoteDelivery delivery = webhooks.awaitTry(id, limit);
    print(isJson() ? delivery.json().toString() : id + " " + delivery.state());
    if (delivery.isDelivered() || limit.isZero()) {
      return ExitCode.DONE;
    }
    if (delivery.attempts().isEmpty()) {
      say("no attempt yet; is a worker running?");
      return ExitCode.TIMED_OUT;
    }
    say("not delivered: " + DeliveryTable.last(delivery));
    if (!delivery.text("dueAt").isEmpty()) {
      say("The next attempt is due at " + delivery.text("dueAt") + ".");
    }
    return ExitCode.CAPTURE_FAILED;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    Map<ExitCode, String> codes = ExitCodes.codes("the first attempt failed; the message says why");
    codes.put(ExitCode.TIMED_OUT, "wait limit exceeded; the delivery continues");
    return codes;
  }
}
