package dev.tintype.bench.soak;

import dev.tintype.bench.soak.SoakProcess.Death;
import dev.tintype.bench.soak.SoakStories.SoakStory;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the jobs of killed workers lay. */
final class SoakRecovery {
  // The promise, and a second for the look that is made every second by somebody who is busy.
  static final Duration LIMIT = Duration.ofSeconds(17);

  private final List<Duration> untilNoticed = new ArrayList<>();
  private final List<Duration> whileRedisWasAway = new ArrayList<>();
  private final List<Duration> untilStarted = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private final List<String> ofTheLiving = new ArrayList<>();

  SoakRecovery(SoakFleet fleet, SoakStories stories) {
    Map<String, Death> deaths = new HashMap<>();
    fleet.workerDeaths().forEach(death -> deaths.put(death.life, death));
    for (SoakStory story : stories.all()) {
      List<TimelineEntry> timeline = story.timeline();
      for (int i = 0; i < timeline.size(); i++) {
        if (timeline.get(i).event() == Event.LEASE_EXPIRED) {
          add(fleet, story, i, deaths);
        }
      }
    }
  }

  private void add(SoakFleet fleet, SoakStory story, int place, Map<String, Death> deaths) {
    TimelineEntry expired = story.timeline().get(place);
    Death death = deaths.get(String.valueOf(expired.worker()));
    if (death == null || death.at.isAfter(expired.at())) {
      ofTheLiving.add(
          "%s, attempt %d of %s, at %s"
              .formatted(story.entry().id(), expired.attempt(), expired.worker(), expired.at()));
      return;
    }
    Duration noticed = Duration.between(death.at, expired.at());
    if (fleet.redisWasAway(death.at, expired.at())) {
      whileRedisWasAway.add(noticed);
    } else {
      untilNoticed.add(noticed);
      if (noticed.compareTo(LIMIT) > 0) {
        late.add("%s of %s lay for %s".formatted(story.entry().id(), death.life, seconds(noticed)));
      }
    }
    nextStart(story, place)
        .forEach(started -> untilStarted.add(Duration.between(death.at, started)));
  }

  private static List<Instant> nextStart(SoakStory story, int place) {
    return story.timeline().stream()
        .skip(place)
        .filter(line -> line.event() == Event.STARTED)
        .map(TimelineEntry::at)
        .limit(1)
        .toList();
  }

  /** Jobs that lay for longer than promised, though Redis was there. */
  List<String> late() {
    return late;
  }

  /** Leases that ended though nobody had killed their worker. */
  List<String> ofTheLiving() {
    return ofTheLiving;
  }

  String noticed() {
    return summary(untilNoticed);
  }

  String noticedWithoutRedis() {
    return summary(whileRedisWasAway);
  }

  String started() {
    return summary(untilStarted);
  }

  private static String summary(List<Duration> times) {
    if (times.isEmpty()) {
      return "none";
    }
    List<Duration> sorted = times.stream().sorted().toList();
    return "%d jobs, max %s, p95 %s, median %s"
        .formatted(
            sorted.size(),
            seconds(sorted.get(sorted.size() - 1)),
            seconds(sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1)),
            seconds(sorted.get((sorted.size() - 1) / 2)));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
