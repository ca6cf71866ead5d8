package dev.tintype.redis.job;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.ScriptSource;
import dev.tintype.redis.stored.Keys;
import dev.tintype.redis.stored.StoredResult;
import dev.tintype.redis.stored.StoredWebhook;
import dev.tintype.testing.Fixtures;
import dev.tintype.webhook.Webhook;
import io.lettuce.core.ScriptOutputType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that end, as the outbox sees it: a hash with its last fields, and the one function that the
 * end of a job calls.
 */
public final class EndedJobs {
  private final RedisConnections redis;
  private final Keys keys;

  public EndedJobs(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  /** A job that is in this state from now on, and calls whom it and its tenant want called. */
  public JobId end(Tenant tenant, JobState state, @Nullable Webhook webhook, String... metadata) {
    JobId id = Fixtures.aJobId();
    Map<String, String> job =
        new HashMap<>(
            Map.of(
                "state", state.toString(),
                "tenant", tenant.name(),
                "url", "https://example.com/",
                "attempt", "1",
                "createdMillis", "1000",
                "startedMillis", "2000",
                "finishedMillis", "5500",
                "result", StoredResult.write(Fixtures.aResult()),
                "metadata", metadata.length == 0 ? "{}" : metadata[0]));
    if (webhook != null) {
      job.put("webhook", StoredWebhook.of(webhook));
    }
    redis.run(commands -> commands.hset(keys.job(id), job)).await();
    String end =
        """
        -- Uses
        --   job     read_job
        --   outbox  enqueue_deliveries
        --
        enqueue_deliveries(read_job(ARGV[1]), ARGV[2])
        """;
    redis
        .run(
            commands ->
                commands.eval(
                    ScriptSource.complete(end),
                    ScriptOutputType.STATUS,
                    new String[] {keys.prefix(), keys.prefix() + "nothing"},
                    id.value(),
                    "screenshot." + state))
        .await();
    return id;
  }
}
