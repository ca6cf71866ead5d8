package dev.tintype.redis.stored;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Tenant;
import java.time.Instant;
import java.util.Map;

/** How a batch lies in its Redis hash, which the scripts write. */
public final class BatchHash {
  private BatchHash() {}

  public static Batch read(BatchId id, Map<String, String> hash) {
    return new Batch(
        id,
        new Tenant(JobHash.required(hash, "tenant")),
        JobHash.count(hash, "total"),
        JobHash.count(hash, "succeeded"),
        JobHash.count(hash, "failed"),
        JobHash.count(hash, "cancelled"),
        JobHash.count(hash, "expired"),
        Instant.ofEpochMilli(Long.parseLong(JobHash.required(hash, "createdMillis"))),
        JobHash.time(hash.get("finishedMillis")),
        hash.get("metadata"));
  }
}
