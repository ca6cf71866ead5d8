package dev.tintype.redis.job;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobEvents;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announcements over Redis pub/sub, which costs nobody anything when nobody listens. */
public final class RedisJobEvents implements JobEvents {
  private static final Logger log = LoggerFactory.getLogger(RedisJobEvents.class);

  // As often as those who listen look by themselves.
  private static final Duration RETRY = Duration.ofSeconds(1);

  // Job ids never look like this, so it can share the map with them.
  private static final String ANY_QUEUED = "*";

  // Nor do they have a colon.
  private static final String OF_TENANT = "tenant:";

  private final RedisConnections redis;
  private final Keys keys;
  private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  public RedisJobEvents(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    redis
        .subscriptions()
        .addListener(
            new RedisPubSubAdapter<>() {
              @Override
              public void message(String channel, String id) {
                if (channel.equals(keys.queuedChannel())) {
                  call(ANY_QUEUED);
                } else if (channel.equals(keys.eventsChannel())) {
                  call(OF_TENANT + id);
                } else {
                  call(id);
                }
              }

              @Override
              public void subscribed(String channel, long count) {
                // First subscription or one renewed after a broken connection: what was announced
                // before is unknown.
                listeners.keySet().forEach(RedisJobEvents.this::call);
              }
            });
  }

  @Override
  public Registration onFinished(JobId id, Runnable listener) {
    return listen(id.value(), listener, keys.finishedChannel());
  }

  @Override
  public Registration onFinished(BatchId id, Runnable listener) {
    return listen(id.value(), listener, keys.finishedChannel());
  }

  @Override
  public Registration onQueued(Runnable listener) {
    return listen(ANY_QUEUED, listener, keys.queuedChannel());
  }

  @Override
  public Registration onEvent(Tenant tenant, Runnable listener) {
    return listen(OF_TENANT + tenant, listener, keys.eventsChannel());
  }

  private void subscribe(String channel) {
    if (subscribed.add(channel)) {
      redis
          .subscriptions()
          .async()
          .subscribe(channel)
          .whenComplete(
              (done, failure) -> {
                if (failure != null && !redis.isClosed()) {
                  log.warn(
                      "event=subscribe_failed channel={} error=\"{}\"",
                      channel,
                      failure.getMessage());
                  // Those who listen do so once; meanwhile they look again after their own wait.
                  redis
                      .vertx()
                      .setTimer(
                          RETRY.toMillis(),
                          passed -> {
                            subscribed.remove(channel);
                            subscribe(channel);
                          });
                }
              });
    }
  }

  /** Listens first, so that a new subscription calls this listener, too. */
  private Registration listen(String topic, Runnable callback, String channel) {
    Registration registration = register(topic, callback);
    subscribe(channel);
    return registration;
  }

  private Registration register(String topic, Runnable callback) {
    var listener = new Listener(redis.vertx().getOrCreateContext(), callback);
    // Inside the atomic step: outside of it the set could just be leaving the map.
    listeners.compute(
        topic,
        (t, set) -> {
          Set<Listener> all = set == null ? ConcurrentHashMap.newKeySet() : set;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            topic,
            (t, set) -> {
              set.remove(listener);
              return set.isEmpty() ? null : set;
            });
  }

  private void call(String topic) {
    listeners.getOrDefault(topic, Set.of()).forEach(Listener::call);
  }

  /** Compared by identity: the same callback may be registered twice. */
  private static final class Listener {
    private final Context context;
    private final Runnable callback;

    Listener(Context context, Runnable callback) {
      this.context = context;
      this.callback = callback;
    }

    void call() {
      context.runOnContext(ignored -> callback.run());
    }
  }
}
