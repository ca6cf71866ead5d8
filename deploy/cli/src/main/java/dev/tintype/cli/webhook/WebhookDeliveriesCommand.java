package dev.tintype.cli.webhook;

import dev.tintype.cli.command.ApiRequest;
import dev.tintype.cli.command.ClientCommand;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.ExitCodes;
import dev.tintype.cli.command.JobIdConverter;
import dev.tintype.cli.command.MomentConverter;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteDelivery;
import dev.tintype.client.RemoteWebhooks;
import dev.tintype.job.JobId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhook deliveries}: the delivery log. */
@Command(
    name = "deliveries",
    description = "List webhook deliveries, newest first; those of one job with every attempt.",
    footer = {
      "  tintype webhook deliveries --since 2h",
      "  tintype webhook deliveries 01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype webhook deliveries --json | jq 'select(.state == \"given_up\") | .id'"
    })
public final class WebhookDeliveriesCommand extends ClientCommand {
  // As many that have ended as a server keeps; those that have not come on top, and are the newest.
  private static final int MOST = 20_000;
  private static final int LONGEST_PAGE = 200;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      converter = JobIdConverter.class,
      description = "Only deliveries of this job. Default: all jobs, and test events.")
  private @Nullable JobId job;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "Only deliveries created since this time, such as 2030-01-31T18:00:00Z, or how long ago,"
              + " such as 2h.")
  private @Nullable Instant since;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "Maximum number of deliveries, 1 to 20000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  public WebhookDeliveriesCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  /** The API has no filter by time: the client reads from the newest until it reaches the time. */
  @Override
  protected List<ApiRequest> requests() {
    checkLimit();
    return List.of(
        ApiRequest.get(
            job == null
                ? "/v1/webhooks/deliveries?limit=" + Math.min(limit, LONGEST_PAGE)
                : "/v1/jobs/" + job + "/deliveries"));
  }

  @Override
  protected ExitCode work() {
    checkLimit();
    // One more tells whether there are more.
    List<RemoteDelivery> found = find(limit + 1);
    List<RemoteDelivery> shown = found.subList(0, Math.min(limit, found.size()));
    if (isJson()) {
      shown.forEach(delivery -> print(delivery.json().toString()));
    } else if (shown.isEmpty()) {
      say("no deliveries");
    } else {
      DeliveryTable.lines(shown, job != null).forEach(this::print);
    }
    if (shown.size() < found.size()) {
      say("Older deliveries exist; use --limit to list more than " + limit + ".");
    }
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return ExitCodes.codes(null);
  }

  private List<RemoteDelivery> find(int most) {
    RemoteWebhooks webhooks = client().webhooks();
    Instant from = since == null ? Instant.EPOCH : since;
    if (job == null) {
      return webhooks.deliveries(from, most);
    }
    return webhooks.deliveries(job).stream()
        .filter(delivery -> delivery.createdAt().filter(from::isAfter).isEmpty())
        .sorted(
            Comparator.comparing((RemoteDelivery each) -> each.createdAt().orElse(Instant.EPOCH))
                .reversed())
        .limit(most)
        .toList();
  }

  private void checkLimit() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure(ExitCode.USAGE, "--limit is " + limit + "; allowed: 1 to " + MOST);
    }
  }
}
