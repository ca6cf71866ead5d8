package dev.tintype.bench.queue;

import dev.tintype.bench.Contest;
import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import dev.tintype.queue.NewJob;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.job.RedisJobList;
import dev.tintype.redis.job.RedisJobStore;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the list costs when a tenant has a million jobs, beside the same when it has a
 * thousand. The cost is the CPU time of Redis, everything included that a page asks for, in which
 * neither this process nor the neighbours of the machine have a part.
 *
 * <p>Of ten jobs one is of another host and one is scheduled, so that a page by either looks at ten
 * for each that it finds.
 */
final class ListScale {
  private static final Pattern CPU = Pattern.compile("used_cpu_(?:user|sys):([\\d.]+)");
  private static final Tenant TENANT = new Tenant("tenant");
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final String RARE = "https://rare.example.com/";
  private static final int WARM_UP_ROUNDS = 2;
  private static final int PAGE = 50;
  private static final int PAGES = 200;
  private static final int ONE_OF = 10;

  private final RedisConnections redis;
  private final RedisCommands<String, String> plain;

  ListScale(RedisConnections redis, RedisCommands<String, String> plain) {
    this.redis = redis;
    this.plain = plain;
  }

  void run(int rounds, int many, int few) {
    var longList = new Jobs("many", many);
    var shortList = new Jobs("few", few);
    compare(rounds, "first page", shortList, longList, jobs -> filter(null, null, null));
    compare(rounds, "middle page", shortList, longList, jobs -> filter(null, null, jobs.middle));
    compare(
        rounds,
        "page by state",
        shortList,
        longList,
        jobs -> filter(JobState.SCHEDULED, null, null));
    compare(
        rounds,
        "page by host",
        shortList,
        longList,
        jobs -> filter(null, "rare.example.com", null));
    lookForNothing(longList);
  }

  private void compare(
      int rounds, String what, Jobs shortList, Jobs longList, Function<Jobs, Filter> question) {
    List<Double> ratios = new ArrayList<>();
    List<Double> ofFew = new ArrayList<>();
    List<Double> ofMany = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      double one = microsOfAPage(shortList, question.apply(shortList));
      double other = microsOfAPage(longList, question.apply(longList));
      if (round >= 0) {
        ofFew.add(one);
        ofMany.add(other);
        ratios.add(other / one);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "microseconds of a %s of %d: among %d jobs %.0f, among %d %.0f;"
            + " median of the ratios %.2f (rounds %.2f to %.2f)%n",
        what,
        PAGE,
        shortList.count,
        Contest.median(ofFew),
        longList.count,
        Contest.median(ofMany),
        Contest.median(ratios),
        ratios.stream().min(Double::compare).orElseThrow(),
        ratios.stream().max(Double::compare).orElseThrow());
  }

  private double microsOfAPage(Jobs jobs, Filter filter) {
    double before = cpuSeconds();
    for (int page = 0; page < PAGES; page++) {
      int found = jobs.page(filter).jobs().size();
      if (found != PAGE) {
        throw new IllegalStateException("a page of " + found + " jobs");
      }
    }
    return (cpuSeconds() - before) * 1e6 / PAGES;
  }

  /** What the list does where nobody matches: every page looks as long as a page may. */
  private void lookForNothing(Jobs jobs) {
    Filter filter = filter(null, "nobody.example.com", null);
    int pages = 0;
    double slowest = 0;
    double before = cpuSeconds();
    long begin = System.nanoTime();
    JobId cursor = null;
    do {
      long beginOfPage = System.nanoTime();
      cursor = jobs.page(filter(null, filter.host(), cursor)).cursor();
      slowest = Math.max(slowest, (System.nanoTime() - beginOfPage) / 1e6);
      pages++;
    } while (cursor != null);
    System.out.printf(
        Locale.ROOT,
        "a host that none of %d jobs is of: %d pages, %.0f ms in all, the slowest page %.0f ms;"
            + " %.0f ms of Redis%n",
        jobs.count,
        pages,
        (System.nanoTime() - begin) / 1e6,
        slowest,
        (cpuSeconds() - before) * 1e3);
  }

  private double cpuSeconds() {
    double seconds = 0;
    Matcher found = CPU.matcher(plain.info("cpu"));
    while (found.find()) {
      seconds += Double.parseDouble(found.group(1));
    }
    return seconds;
  }

  private static Filter filter(
      @Nullable JobState state, @Nullable String host, @Nullable JobId cursor) {
    return new Filter(state, host, null, null, cursor, PAGE);
  }

  /** The jobs of one tenant in a queue of their own. */
  private final class Jobs {
    private final JobList list;
    private final int count;
    private final JobId middle;

    private Jobs(String namespace, int count) {
      this.list = new RedisJobList(redis, namespace);
      this.count = count;
      // Made in this moment: as many will be newer as were older.
      var store = new RedisJobStore(redis, namespace, Integer.MAX_VALUE);
      QueueScaleBenchmark.fill(store, 0, count / 2, ListScale::aJob);
      NewJob between = aJob(0);
      store.submit(between).await();
      this.middle = between.id();
      QueueScaleBenchmark.fill(store, count / 2, count, ListScale::aJob);
    }

    private Page page(Filter filter) {
      return list.list(TENANT, filter).await();
    }
  }

  private static NewJob aJob(int number) {
    int kind = number % ONE_OF;
    return QueueScaleBenchmark.aJob(
        TENANT,
        kind == 1 ? RARE : "https://www.example.com/articles/some-section/a-page?id=" + number,
        kind == 2 ? new Schedule(Priority.NORMAL, LATER, null, null) : Schedule.AT_ONCE);
  }
}
