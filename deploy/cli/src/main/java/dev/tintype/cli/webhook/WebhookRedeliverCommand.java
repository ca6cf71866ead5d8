package dev.tintype.cli.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.Explanation;
import dev.tintype.cli.command.MomentConverter;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteWebhooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhook redeliver}: another chance for webhooks. */
@Command(
    name = "redeliver",
    description = {
      "Redeliver webhooks: some, or all that were given up since a time.",
      "",
      "If the answer of the server is lost, the command asks again; the number then leaves out"
          + " deliveries that had already started."
    },
    footer = {
      "  tintype webhook redeliver msg_01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype webhook redeliver --since 2030-01-31T18:00:00Z"
    })
public final class WebhookRedeliverCommand extends ClientCommand {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern DELIVERY = Pattern.compile("msg_[a-z0-9_]{1,100}");

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "IDs of deliveries, as printed by \"tintype webhook deliveries\".")
  private @Nullable List<String> ids;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "Redeliver all that were created since this time and given up: a time such as"
              + " 2030-01-31T18:00:00Z, or how long ago, such as 2h.")
  private @Nullable Instant since;

  public WebhookRedeliverCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  protected List<ApiRequest> requests() {
    checkChoice();
    if (since != null) {
      ObjectNode body = JSON.objectNode().put("since", since.toString());
      return List.of(new ApiRequest("POST", "/v1/webhooks/deliveries/redeliver", body, null));
    }
    return ids().stream()
        .map(id -> "/v1/webhooks/deliveries/" + id + "/redeliver")
        .map(path -> new ApiRequest("POST", path, null, null))
        .toList();
  }

  @Override
  protected ExitCode work() {
    checkChoice();
    RemoteWebhooks webhooks = client().webhooks();
    if (since != null) {
      int count = webhooks.redeliverSince(since);
      print(
          isJson()
              ? JSON.objectNode().put("redelivered", count).toString()
              : count + (count == 1 ? " delivery" : " deliveries") + " restarted");
      return ExitCode.DONE;
    }
    ExitCode worst = ExitCode.DONE;
    for (String id : ids()) {
      try {
        webhooks.redeliver(id);
        print(
            isJson()
                ? JSON.objectNode().put("id", id).put("redelivered", true).toString()
                : id + " restarted");
      } catch (ProblemException problem) {
        CommandFailure failure = Explanation.of(problem, server());
        if (failure.exitCode() == ExitCode.SERVER_AWAY) {
          throw failure;
        }
        failure.lines().forEach(this::say);
        worst = failure.exitCode();
      }
    }
    return worst;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private void checkChoice() {
    if (ids().isEmpty() == (since == null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "give IDs of deliveries, or --since for all that were given up");
    }
    // Not by a converter: picocli takes what one refuses here for an argument too many.
    for (String id : ids()) {
      if (!DELIVERY.matcher(id).matches()) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "\""
                + id
                + "\" is not a delivery ID. Expected msg_ and letters, digits and _, as printed by"
                + " \"tintype webhook deliveries\".");
      }
    }
  }

  private List<String> ids() {
    return ids == null ? List.of() : ids;
  }
}
