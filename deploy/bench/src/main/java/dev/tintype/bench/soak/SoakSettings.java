package dev.tintype.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a soak is told.
 *
 * @param folder for the logs and the data of Redis
 * @param tintype command of the distribution
 * @param jobs in all
 * @param tenants that submit them
 * @param workers that run at once
 * @param killEvery between two kills of a worker, on average
 * @param apiKills how often the API is killed
 * @param redisKills how often Redis is killed
 * @param intake how long jobs are submitted at most
 * @param seed of every choice; the moments are still those of the machine
 * @param terminal whether one shows the output, so that a line can be overwritten
 */
record SoakSettings(
    Path folder,
    String tintype,
    int jobs,
    int tenants,
    int workers,
    Duration killEvery,
    int apiKills,
    int redisKills,
    Duration intake,
    long seed,
    boolean terminal) {

  static SoakSettings of(String[] arguments) {
    return new SoakSettings(
        Path.of(arguments[0]).toAbsolutePath(),
        arguments[1],
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Duration.ofSeconds(Long.parseLong(arguments[5])),
        Integer.parseInt(arguments[6]),
        Integer.parseInt(arguments[7]),
        Duration.ofMinutes(Long.parseLong(arguments[8])),
        Long.parseLong(arguments[9]),
        Boolean.parseBoolean(arguments[10]));
  }

  /**
   * Choices that depend on the seed alone, and not on what others have chosen before.
   *
   * @param chooser who makes them
   */
  SplittableRandom choices(String chooser) {
    return new SplittableRandom(seed * 31 + chooser.hashCode());
  }

  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(tintype));
    command.addAll(List.of(arguments));
    return command;
  }
}
