package dev.tintype.redis.connection;

import io.vertx.core.Future;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a Redis says about itself.
 *
 * @param maxmemoryPolicy what it does at the limit of its memory
 * @param maxMemoryBytes that limit; 0 for none
 * @param usedBytes how much it has used of it
 * @param appendOnly whether it writes what it accepts to an append-only file
 */
public record RedisFacts(
    String version,
    String maxmemoryPolicy,
    long maxMemoryBytes,
    long usedBytes,
    boolean appendOnly) {
  private static final double NEARLY = 0.9;

  /** Asks it. */
  public static Future<RedisFacts> of(RedisConnections redis) {
    return redis.run(commands -> commands.info()).map(RedisFacts::parse);
  }

  /** Whether a Redis will soon refuse what is new: one section, because it is asked each second. */
  public static Future<Boolean> nearlyFull(RedisConnections redis) {
    return redis.run(commands -> commands.info("memory")).map(info -> parse(info).isNearlyFull());
  }

  /** Whether it has all that the scripts use. */
  public boolean isSupported() {
    String[] parts = version.split("\\.", -1);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]) >= 602;
  }

  /** Whether it may delete jobs and images of its own accord. */
  public boolean evicts() {
    return !maxmemoryPolicy.equals("noeviction");
  }

  /** Whether it will soon refuse what is new. */
  public boolean isNearlyFull() {
    return maxMemoryBytes > 0 && usedBytes > NEARLY * maxMemoryBytes;
  }

  private static RedisFacts parse(String info) {
    Map<String, String> facts =
        info.lines()
            .filter(line -> line.indexOf(':') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1),
                    (first, second) -> first));
    return new RedisFacts(
        facts.getOrDefault("redis_version", "0.0"),
        facts.getOrDefault("maxmemory_policy", "unknown"),
        Long.parseLong(facts.getOrDefault("maxmemory", "0")),
        Long.parseLong(facts.getOrDefault("used_memory", "0")),
        facts.getOrDefault("aof_enabled", "0").equals("1"));
  }
}
