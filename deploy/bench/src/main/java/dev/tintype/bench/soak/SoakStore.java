package dev.tintype.bench.soak;

import dev.tintype.bench.soak.SoakStories.SoakStory;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.QueueAudit;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is in Redis in the end. */
final class SoakStore implements AutoCloseable {
  private static final String NAMESPACE = "tintype";
  private static final String PREFIX = NAMESPACE + ":{0}:";
  private static final String IMAGES = NAMESPACE + ":img:";

  /** Fields beside the counters. */
  private static final Set<String> NO_COUNTERS =
      Set.of("bytes", "rank", "estimate", "hungry", "browsers", "browsersMillis");

  private final String uri;
  private final RedisClient client;
  private final RedisCommands<String, String> redis;

  SoakStore(String uri) {
    this.uri = uri;
    this.client = RedisClient.create(uri);
    this.redis = client.connect().sync();
  }

  /** What is kept twice and is not the same, see {@link QueueAudit}. */
  List<String> audit() {
    Vertx vertx = Vertx.vertx();
    try {
      var connections = RedisConnections.connect(vertx, uri, Patience.PATIENT).await();
      try {
        return QueueAudit.findings(connections, NAMESPACE, true);
      } finally {
        connections.close().await();
      }
    } finally {
      vertx.close().await();
    }
  }

  /** Counters that are not what the stories say. */
  List<String> miscounts(SoakStories stories) {
    Map<String, Long> counted = new TreeMap<>();
    counted.put("submitted", (long) stories.all().size());
    for (JobState state : JobState.values()) {
      if (state.isFinal()) {
        counted.put(state.toString(), stories.count(state));
      }
    }
    counted.put("retried", stories.count(Event.ATTEMPT_FAILED));
    counted.put("lease_expired", stories.count(Event.LEASE_EXPIRED));
    Map<String, String> kept = redis.hgetall(PREFIX + "totals");
    kept.keySet().removeAll(NO_COUNTERS);
    Set<String> words = new TreeSet<>(counted.keySet());
    words.addAll(kept.keySet());
    return words.stream()
        .filter(
            word -> counted.getOrDefault(word, 0L) != Long.parseLong(kept.getOrDefault(word, "0")))
        .map(
            word ->
                "%s: kept is %s, counted %d"
                    .formatted(word, kept.getOrDefault(word, "0"), counted.getOrDefault(word, 0L)))
        .toList();
  }

  /** Jobs that no client was told of. */
  List<String> strangers(SoakStories stories) {
    Set<String> known = new HashSet<>();
    for (SoakStory story : stories.all()) {
      known.add(story.entry().id());
    }
    return scan(PREFIX + "job:").stream()
        .filter(id -> !known.contains(id))
        .map(id -> "nobody was told of " + id)
        .toList();
  }

  /** How many images wait to be deleted. */
  long garbage() {
    Set<String> images = new HashSet<>(scan(IMAGES));
    return redis.zrange(PREFIX + "garbage", 0, -1).stream().filter(images::contains).count();
  }

  String memory() {
    Map<String, String> facts = new TreeMap<>();
    for (String line : (redis.info("memory") + redis.info("persistence")).split("\r\n", -1)) {
      String[] pair = line.split(":", 2);
      if (pair.length == 2) {
        facts.put(pair[0], pair[1]);
      }
    }
    return "%s, at most %s since its last start; its file has %.1f MB"
        .formatted(
            facts.get("used_memory_human"),
            facts.get("used_memory_peak_human"),
            Long.parseLong(facts.getOrDefault("aof_current_size", "0")) / 1e6);
  }

  /** What follows the beginning in the keys that begin so. */
  private List<String> scan(String beginning) {
    var arguments = ScanArgs.Builder.matches(beginning + "*").limit(10_000);
    Set<String> found = new TreeSet<>();
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      KeyScanCursor<String> page = redis.scan(cursor, arguments);
      page.getKeys().forEach(key -> found.add(key.substring(beginning.length())));
      cursor = page;
    } while (!cursor.isFinished());
    return new ArrayList<>(found);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
