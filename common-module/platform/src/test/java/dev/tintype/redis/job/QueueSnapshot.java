package dev.tintype.redis.job;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.Keys;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Everything that one queue has in Redis, found by SCAN and not by the queue's own indexes. True
 * only while nobody works on the queue.
 */
final class QueueSnapshot {
  // As many commands as are on their way at once; a connection takes 10,000.
  private static final int AT_ONCE = 1_000;

  private final RedisConnections redis;
  private final Keys keys;
  private final TreeSet<String> names = new TreeSet<>();

  /** By id. */
  final Map<String, Map<String, String>> jobs = new TreeMap<>();

  /** Bytes of each image, by its name in the image store. */
  final Map<String, Long> images = new TreeMap<>();

  QueueSnapshot(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    scan(keys.prefix()).forEach(key -> names.add(key.substring(keys.prefix().length())));
    each(namesAfter("job:"), id -> redis.run(commands -> commands.hgetall(full("job:" + id))))
        .forEach(jobs::put);
    List<String> imageKeys = scan(keys.image(""));
    each(imageKeys, key -> redis.run(commands -> commands.strlen(key)))
        .forEach((key, bytes) -> images.put(key.substring(keys.image("").length()), bytes));
  }

  /** What follows the beginning in the names of the keys that begin so. */
  List<String> namesAfter(String beginning) {
    return names.tailSet(beginning).stream()
        .takeWhile(name -> name.startsWith(beginning))
        .map(name -> name.substring(beginning.length()))
        .toList();
  }

  Map<String, String> hash(String name) {
    return redis.run(commands -> commands.hgetall(full(name))).await();
  }

  Set<String> members(String name) {
    return redis.run(commands -> commands.smembers(full(name))).await();
  }

  /** Members of a sorted set, in its order. */
  Map<String, Double> scores(String name) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (ScoredValue<String> each :
        redis.run(commands -> commands.zrangeWithScores(full(name), 0, -1)).await()) {
      scores.put(each.getValue(), each.getScore());
    }
    return scores;
  }

  /** Empty if there is no such key. */
  String text(String name) {
    String value = redis.<String>run(commands -> commands.get(full(name))).await();
    return value == null ? "" : value;
  }

  private String full(String name) {
    return keys.prefix() + name;
  }

  private List<String> scan(String beginning) {
    // The braces of the hash tag are no pattern; a namespace has no other special character.
    var arguments = ScanArgs.Builder.matches(beginning + "*").limit(10_000);
    TreeSet<String> found = new TreeSet<>();
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      ScanCursor from = cursor;
      KeyScanCursor<String> page =
          redis.<KeyScanCursor<String>>run(commands -> commands.scan(from, arguments)).await();
      found.addAll(page.getKeys());
      cursor = page;
    } while (!cursor.isFinished());
    return List.copyOf(found);
  }

  /** Asks about many at once. */
  static <T> Map<String, T> each(List<String> subjects, Function<String, Future<T>> question) {
    Map<String, T> answers = new LinkedHashMap<>();
    for (int from = 0; from < subjects.size(); from += AT_ONCE) {
      List<String> some = subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE));
      List<Future<T>> asked = new ArrayList<>(some.stream().map(question).toList());
      Future.all(asked).await();
      for (int i = 0; i < some.size(); i++) {
        answers.put(some.get(i), asked.get(i).result());
      }
    }
    return answers;
  }
}
