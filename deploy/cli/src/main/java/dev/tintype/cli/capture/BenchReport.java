package dev.tintype.cli.capture;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.client.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run of {@code bench} has measured. Thread-safe. */
final class BenchReport {
  private final int jobs;
  private final List<Long> acceptMillis = new ArrayList<>();
  private final List<Long> doneMillis = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private long begin;
  private double acceptSeconds;
  private int succeeded;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  BenchReport(int jobs) {
    this.jobs = jobs;
  }

  synchronized void begin() {
    begin = System.nanoTime();
  }

  synchronized void allAccepted() {
    acceptSeconds = (System.nanoTime() - begin) / 1e9;
  }

  synchronized void accepted(long nanos) {
    acceptMillis.add(nanos / 1_000_000);
  }

  synchronized void failed(String code) {
    failures.merge(code, 1, Integer::sum);
  }

  synchronized void done(RemoteJob job) {
    job.moment("createdAt").filter(first::isAfter).ifPresent(time -> first = time);
    job.moment("finishedAt").filter(last::isBefore).ifPresent(time -> last = time);
    if (job.hasSucceeded()) {
      succeeded++;
      job.between("createdAt", "finishedAt").ifPresent(time -> doneMillis.add(time.toMillis()));
    } else {
      String code = job.text("/failure/code");
      failed(code.isEmpty() ? job.state() : code);
    }
  }

  synchronized boolean isClean() {
    return failures.isEmpty();
  }

  synchronized List<String> lines() {
    String failed = failures.isEmpty() ? "none failed" : failed() + " failed " + failures;
    return List.of(
        "%d jobs: %d accepted, %d succeeded, %s"
            .formatted(jobs, acceptMillis.size(), succeeded, failed),
        line("accepted", acceptedPerSecond(), acceptMillis),
        line("done", donePerSecond(), doneMillis));
  }

  synchronized String json() {
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("jobs", jobs)
            .put("accepted", acceptMillis.size())
            .put("acceptedPerSecond", acceptedPerSecond())
            .put("succeeded", succeeded)
            .put("failed", failed())
            .put("donePerSecond", donePerSecond());
    report.set("acceptMillis", percentiles(acceptMillis));
    report.set("doneMillis", percentiles(doneMillis));
    ObjectNode byCode = report.putObject("failures");
    failures.forEach(byCode::put);
    return report.toString();
  }

  private int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  private double acceptedPerSecond() {
    return perSecond(acceptMillis.size(), acceptSeconds);
  }

  private double donePerSecond() {
    return doneMillis.isEmpty()
        ? 0
        : perSecond(doneMillis.size(), Duration.between(first, last).toMillis() / 1e3);
  }

  private static double perSecond(int count, double seconds) {
    return seconds <= 0 ? 0 : Math.round(count / seconds * 100) / 100.0;
  }

  private static String line(String what, double perSecond, List<Long> millis) {
    return String.format(
        Locale.ROOT,
        "%-8s %.2f a second, p50 %d ms, p95 %d ms",
        what,
        perSecond,
        percentile(millis, 50),
        percentile(millis, 95));
  }

  private static ObjectNode percentiles(List<Long> millis) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("p50", percentile(millis, 50))
        .put("p95", percentile(millis, 95));
  }

  /** The smallest value that so many percent do not exceed; 0 of nothing. */
  private static long percentile(List<Long> millis, int percent) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }
}
