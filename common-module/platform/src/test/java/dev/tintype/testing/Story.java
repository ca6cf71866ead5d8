package dev.tintype.testing;

import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import java.util.ArrayList;
import java.util.List;

/** Reads a job's timeline as the states that the job went through. */
public final class Story {
  private Story() {}

  /** The states, from the first. */
  public static List<JobState> states(List<TimelineEntry> timeline) {
    List<JobState> states = new ArrayList<>();
    for (int i = 0; i < timeline.size(); i++) {
      Event event = timeline.get(i).event();
      boolean failsNext = i + 1 < timeline.size() && timeline.get(i + 1).event() == Event.FAILED;
      if (event == Event.LEASE_EXPIRED && failsNext) {
        continue; // The lease's end was the job's, too.
      }
      states.add(
          switch (event) {
            case SCHEDULED, ATTEMPT_FAILED, POSTPONED -> JobState.SCHEDULED;
            case QUEUED, RELEASED, LEASE_EXPIRED -> JobState.QUEUED;
            case STARTED -> JobState.RUNNING;
            case SUCCEEDED -> JobState.SUCCEEDED;
            case FAILED -> JobState.FAILED;
            case CANCELLED -> JobState.CANCELLED;
            case EXPIRED -> JobState.EXPIRED;
          });
    }
    return states;
  }

  /** Each step from one state to the next, as {@code "queued running"}. */
  public static List<String> steps(List<JobState> states) {
    List<String> steps = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      steps.add(states.get(i - 1) + " " + states.get(i));
    }
    return steps;
  }

  /** Each step that {@link JobState#canBecome} forbids. */
  public static List<String> illegalSteps(List<JobState> states) {
    List<String> illegal = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      if (!states.get(i - 1).canBecome(states.get(i))) {
        illegal.add(states.get(i - 1) + " " + states.get(i));
      }
    }
    return illegal;
  }
}
