package dev.tintype.client;

import dev.tintype.capture.field.Durations;
import java.time.Duration;

/** The time to wait is over and the job is not. It goes on, and can be waited for again. */
public final class StillOpenException extends TintypeException {
  private static final long serialVersionUID = 1;

  private final transient RemoteJob job;

  StillOpenException(RemoteJob job, Duration limit) {
    super("still " + job.state() + " after " + Durations.spell(limit));
    this.job = job;
  }

  /** As it was when it was last asked for. */
  public RemoteJob job() {
    return job;
  }
}
