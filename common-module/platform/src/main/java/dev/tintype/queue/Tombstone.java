package dev.tintype.queue;

import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;

/**
 * What is left of a deleted job.
 *
 * @param tenant owner of the job
 * @param state in which it was
 * @param reason which limit of the retention it ran into, or that it was deleted
 */
public record Tombstone(Tenant tenant, JobState state, Reason reason) {
  /** Why a job was deleted. */
  public enum Reason {
    AGE("its retention time is over"),
    COUNT("the limit of finished jobs was reached"),
    BYTES("the limit of image bytes was reached"),
    TENANT_COUNT("the tenant's limit of finished jobs was reached"),
    TENANT_BYTES("the tenant's limit of image bytes was reached"),
    MEMORY("Redis was nearly full"),
    DELETED("a client deleted it");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** A clause for people, without a full stop. */
    public String sentence() {
      return sentence;
    }
  }
}
