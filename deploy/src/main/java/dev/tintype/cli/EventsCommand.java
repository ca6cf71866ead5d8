package dev.tintype.cli;

import dev.tintype.client.EventListener;
import dev.tintype.client.Pacing;
import dev.tintype.client.RemoteEvent;
import dev.tintype.client.ServerAwayException;
import dev.tintype.client.StillOpenException;
import dev.tintype.job.TimelineEntry;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code events}: what happens to a job, as it happens. */
@Command(
    name = "events",
    description = {
      "Print what happens to a job, as it happens, until it is over.",
      "",
      "It begins with what has happened already. A connection that is lost costs no event and tells"
          + " none twice."
    },
    footer = {
      "  tintype events 01k5m7c0f2x8v9q3w4e5r6t7y8",
      "  tintype events $id --json | jq -r .event"
    })
final class EventsCommand extends JobCommand {
  @Mixin private final WaitOptions wait = new WaitOptions();

  EventsCommand(Terminal terminal, Pacing pacing) {
    super(terminal, pacing);
  }

  @Override
  List<ApiRequest> requests() {
    return List.of(ApiRequest.follow("/v1/jobs/" + id() + "/events"));
  }

  @Override
  ExitCode work() {
    String again = "The job goes on. Follow it again: " + commandFor("events", id());
    try {
      RemoteEvent last =
          Farewell.onInterrupt(
              () -> say(again), () -> client().events(id(), wait.limit, new Printer()));
      if (last.name().equals(TimelineEntry.Event.SUCCEEDED.toString())) {
        return ExitCode.DONE;
      }
      say("All about it: " + commandFor("status", id()));
      return ExitCode.CAPTURE_FAILED;
    } catch (StillOpenException | ServerAwayException failure) {
      throw Explanation.of(failure, server()).followedBy(again);
    }
  }

  private final class Printer implements EventListener {
    @Override
    public void event(RemoteEvent event) {
      print(options().json ? event.json().toString() : Summary.entry(event.json()));
      spec().commandLine().getOut().flush();
    }

    @Override
    public void trouble(String what) {
      say(what);
    }
  }
}
