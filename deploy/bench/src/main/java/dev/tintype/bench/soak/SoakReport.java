package dev.tintype.bench.soak;

import dev.tintype.bench.soak.SoakLedger.Contradiction;
import dev.tintype.bench.soak.SoakLedger.Promise;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds each promise against what happened, and prints how they compare. */
final class SoakReport {
  private static final int EXAMPLES = 5;

  private final SoakFleet fleet;
  private final SoakLoad load;
  private final SoakClient client;
  private final SoakLedger ledger;
  private final Duration took;
  private final List<String> excused = new ArrayList<>();
  private boolean kept = true;

  /**
   * To be made when the workers have stopped.
   *
   * @param took from the first submission to the last job's end
   */
  SoakReport(SoakFleet fleet, SoakLoad load, SoakClient client, SoakLedger ledger, Duration took) {
    this.fleet = fleet;
    this.load = load;
    this.client = client;
    this.ledger = ledger;
    this.took = took;
  }

  /** Returns whether every promise was kept. */
  boolean print() throws Exception {
    var stories = SoakStories.read(client, ledger);
    var recovery = new SoakRecovery(fleet, stories);
    try (var store = new SoakStore(fleet.redisUri())) {
      System.out.println();
      printPromises(stories, recovery, store);
      System.out.println();
      printFigures(stories, recovery, store);
    }
    return kept;
  }

  private void printPromises(SoakStories stories, SoakRecovery recovery, SoakStore store) {
    int accepted = ledger.accepted();
    row(
        "an accepted job is there",
        "%,d of %,d".formatted(stories.all().size(), accepted),
        withinDurability(Promise.STORED));
    row(
        "it comes to a final state",
        counts(stories),
        stories.all().stream()
            .filter(story -> !story.state().isFinal())
            .map(story -> story.entry().id() + " is " + story.state())
            .toList());
    row(
        "a final state never changes",
        "%,d second looks".formatted(ledger.readings()),
        withinDurability(Promise.FINAL));
    row("a job ends as its page deserves", "by its kind", stories.undeserved());
    row(
        "its story is legal, with one success at most",
        "%,d stories".formatted(stories.all().size()),
        stories.illegal());
    row(
        "a success has the image that it names, others none",
        "%,d images".formatted(stories.images()),
        stories.wrongImages());
    List<String> doubled = new ArrayList<>(withinDurability(Promise.ONE_JOB_A_KEY));
    doubled.addAll(store.strangers(stories));
    row("a key is one job", "%,d repeats".formatted(ledger.repeats()), doubled);
    row("indexes, counts and bytes equal a recount", "of all keys", store.audit());
    row("counters equal the stories", "of all jobs", store.miscounts(stories));
    row(
        "a killed worker's job is taken back within %d s".formatted(SoakRecovery.LIMIT.toSeconds()),
        recovery.noticed(),
        recovery.late());
    row(
        "nothing ends that was not killed",
        "%d processes".formatted(fleet.all().count()),
        fleet.all().flatMap(process -> process.ownEnds().stream()).toList());
    List<ProcessHandle> children =
        fleet.workerDeaths().stream().flatMap(death -> death.children.stream()).toList();
    row(
        "the browser of a killed worker is gone",
        "%,d processes".formatted(children.size()),
        children.stream()
            .filter(ProcessHandle::isAlive)
            .map(child -> "process " + child.pid() + " lives")
            .toList());
  }

  /** The contradictions that Redis' own loss of its last moments does not explain. */
  private List<String> withinDurability(Promise promise) {
    Map<Boolean, List<Contradiction>> byExcuse =
        ledger.contradictions(promise).stream()
            .collect(Collectors.partitioningBy(each -> fleet.redisMayForget(each.told())));
    excused.addAll(SoakLedger.texts(byExcuse.getOrDefault(true, List.of())));
    return SoakLedger.texts(byExcuse.getOrDefault(false, List.of()));
  }

  private static String counts(SoakStories stories) {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    stories.all().forEach(story -> counts.merge(story.state(), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(count -> "%,d %s".formatted(count.getValue(), count.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void row(String promise, String figure, List<String> broken) {
    kept &= broken.isEmpty();
    System.out.printf(
        "%-6s  %-50s  %s%n",
        broken.isEmpty() ? "ok" : "BROKEN",
        promise,
        broken.isEmpty() ? figure : broken.size() + " times; " + figure);
    printExamples(broken);
  }

  private static void printExamples(List<String> examples) {
    examples.stream().limit(EXAMPLES).forEach(example -> System.out.println("        " + example));
    if (examples.size() > EXAMPLES) {
      System.out.printf("        and %,d more%n", examples.size() - EXAMPLES);
    }
  }

  private void printFigures(SoakStories stories, SoakRecovery recovery, SoakStore store) {
    figure(
        "throughput",
        String.format(
            Locale.ROOT,
            "%.1f jobs a second, %,d s in all",
            stories.all().size() / (took.toMillis() / 1e3),
            took.toSeconds()));
    figure(
        "kills",
        "%d of workers, %d of the API, %d of Redis; %d starts failed and were repeated"
            .formatted(
                fleet.workerDeaths().size(),
                fleet.api.deaths().size(),
                fleet.redis.deaths().size(),
                fleet.all().mapToInt(SoakProcess::failedStarts).sum()));
    figure(
        "attempts",
        "%,d, of which %,d ended with their lease and %,d failed and were repeated"
            .formatted(
                stories.count(Event.STARTED),
                stories.count(Event.LEASE_EXPIRED),
                stories.count(Event.ATTEMPT_FAILED)));
    figure(
        "failed as worker_crashed",
        "%d, killed twice each"
            .formatted(
                stories.all().stream()
                    .filter(story -> story.failure().equals("worker_crashed"))
                    .count()));
    figure("from a kill to the end of the lease", recovery.noticed());
    figure("  the same, Redis being away meanwhile", recovery.noticedWithoutRedis());
    figure("from a kill to the next start", recovery.started());
    figure("leases that ended, the worker living", recovery.ofTheLiving().size() + "");
    printExamples(recovery.ofTheLiving());
    figure("intake refused from a kill of the API", refusals(fleet.api));
    figure("intake refused from a kill of Redis", refusals(fleet.redis));
    figure("lost by Redis within its durability", excused.size() + "");
    printExamples(excused);
    figure("images that wait to be deleted", store.garbage() + "");
    figure("memory of Redis", store.memory());
  }

  /** For each death: how long intake was refused, beside how long the process was away. */
  private String refusals(SoakProcess process) {
    Instant now = InstantSource.system().instant();
    return process.deaths().stream()
        .map(
            death ->
                String.format(
                    Locale.ROOT,
                    "%.1f s of %.1f",
                    load.refusedMillis(death.at) / 1e3,
                    death.away(now).toMillis() / 1e3))
        .collect(Collectors.joining(", "));
  }

  private static void figure(String name, String figure) {
    System.out.printf("%-38s  %s%n", name, figure);
  }
}
