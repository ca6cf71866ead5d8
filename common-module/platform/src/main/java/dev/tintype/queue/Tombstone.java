package dev.tintype.queue;

import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;

/**
 * What is left of a job that was forgotten.
 *
 * @param tenant owner of the job
 * @param state in which it was
 * @param reason which limit of the retention it ran into, or that it was deleted
 */
public record Tombstone(Tenant tenant, JobState state, Reason reason) {
  /** Why a job was forgotten. */
  public enum Reason {
    AGE("it was kept for its time"),
    COUNT("more jobs had finished since than are kept"),
    BYTES("newer images needed the room"),
    TENANT_COUNT("more jobs of its tenant had finished since than are kept"),
    TENANT_BYTES("newer images of its tenant needed the room"),
    MEMORY("Redis was nearly full"),
    DELETED("it was deleted");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** For people, to be put behind "because". */
    public String sentence() {
      return sentence;
    }
  }
}
