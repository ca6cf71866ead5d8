package dev.tintype.bench.soak;

import dev.tintype.job.JobState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the clients have been told, so that it can be held against the house. Thread-safe. */
final class SoakLedger {
  private final InstantSource clock = InstantSource.system();
  private final Map<Integer, Entry> entries = new TreeMap<>();
  private final List<Contradiction> contradictions = new ArrayList<>();
  private int open;
  private long readings;
  private long repeats;

  /**
   * What is known of an accepted job.
   *
   * @param last its final state; null until one was told
   * @param lastAt when that was told first
   */
  record Entry(
      SoakOrder order,
      String id,
      Instant acceptedAt,
      boolean missing,
      @Nullable JobState last,
      @Nullable Instant lastAt) {
    boolean isOpen() {
      return last == null && !missing;
    }
  }

  /** Which promise was broken. */
  enum Promise {
    STORED,
    FINAL,
    ONE_JOB_A_KEY
  }

  /**
   * Two answers that cannot both be right.
   *
   * @param told when the first was given
   */
  record Contradiction(Promise promise, Instant told, String text) {}

  /** A submission was answered. */
  synchronized void accepted(SoakOrder order, String id) {
    Entry before = entries.get(order.number());
    if (before == null) {
      entries.put(order.number(), new Entry(order, id, clock.instant(), false, null, null));
      open++;
    } else {
      repeats++;
      if (!before.id.equals(id)) {
        contradict(
            Promise.ONE_JOB_A_KEY,
            before.acceptedAt,
            "%s is %s and %s".formatted(order.key(), before.id, id));
      }
    }
  }

  /** The job was looked at. */
  synchronized void read(Entry entry, JobState state) {
    Entry now = entries.getOrDefault(entry.order.number(), entry);
    if (now.last != null) {
      readings++;
      if (now.last != state) {
        contradict(
            Promise.FINAL,
            Optional.ofNullable(now.lastAt).orElse(now.acceptedAt),
            "%s was %s and is %s".formatted(now.id, now.last, state));
      }
    }
    if (now.isOpen() && state.isFinal()) {
      open--;
      put(new Entry(now.order, now.id, now.acceptedAt, false, state, clock.instant()));
    }
  }

  /** The job was not there. */
  synchronized void missing(Entry entry) {
    Entry now = entries.getOrDefault(entry.order.number(), entry);
    if (now.missing) {
      return;
    }
    contradict(Promise.STORED, now.acceptedAt, now.id + " was accepted and is not there");
    if (now.isOpen()) {
      open--;
    }
    put(new Entry(now.order, now.id, now.acceptedAt, true, now.last, now.lastAt));
  }

  private void put(Entry entry) {
    entries.put(entry.order.number(), entry);
  }

  private void contradict(Promise promise, Instant told, String text) {
    contradictions.add(new Contradiction(promise, told, text));
  }

  synchronized List<Contradiction> contradictions(Promise promise) {
    return contradictions.stream().filter(each -> each.promise == promise).toList();
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  synchronized int accepted() {
    return entries.size();
  }

  /** Jobs of which no final state is known. */
  synchronized int open() {
    return open;
  }

  /** How often a job was looked at whose final state was known. */
  synchronized long readings() {
    return readings;
  }

  /** How often a submission was answered that had been answered before. */
  synchronized long repeats() {
    return repeats;
  }

  static List<String> texts(Collection<Contradiction> contradictions) {
    return contradictions.stream().map(Contradiction::text).toList();
  }
}
