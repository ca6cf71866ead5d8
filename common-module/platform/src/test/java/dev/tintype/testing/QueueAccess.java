package dev.tintype.testing;

import dev.tintype.image.ImageStore;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A queue of one's own, from every side, for the contract suites. */
public interface QueueAccess {
  Worker WORKER = new Worker("w", 2);

  JobStore store();

  /** The same queue, with room for so many waiting jobs. */
  JobStore storeFor(int maxWaiting);

  /**
   * A worker's side.
   *
   * @param lease how long its leases are
   */
  JobQueue queueWith(Duration lease, int capturesPerHost);

  QueueUpkeep upkeep(Retention retention);

  ImageStore images();

  /** A worker's side whose leases are long, so that none ends by itself during a test. */
  default JobQueue queue() {
    return queueWithLeasesOf(Duration.ofMinutes(10));
  }

  default JobQueue queueWithLeasesOf(Duration lease) {
    return queueWith(lease, 1_000);
  }

  default QueueUpkeep upkeep() {
    return upkeep(Retention.ofAge(Duration.ofDays(1)));
  }

  default JobId submit(NewJob job) {
    store().submit(job).await();
    return job.id();
  }

  default Assignment claim() {
    return tryClaim().orElseThrow();
  }

  default Optional<Assignment> tryClaim() {
    return queue().claim(WORKER, nonce()).await();
  }

  default Job job(JobId id) {
    return store().find(id).await().orElseThrow();
  }

  default List<Event> story(JobId id) {
    return store().findTimeline(id).await().stream().map(TimelineEntry::event).toList();
  }

  /** Submits a job and ends it with an image of so many bytes. */
  default JobId succeeded(NewJob job, long bytes) {
    submit(job);
    Assignment assignment = claim();
    queue().complete(assignment.lease(), Fixtures.aResultOf(assignment.imageKey(), bytes)).await();
    return assignment.lease().job();
  }

  /** Claims a job and loses it, as a worker does that dies. */
  default Lease loseAClaim() {
    Lease lease =
        queueWithLeasesOf(Duration.ofMillis(1))
            .claim(WORKER, nonce())
            .await()
            .orElseThrow()
            .lease();
    untilAny(() -> upkeep().reclaimExpired(100).await());
    return lease;
  }

  default LeaseReply complete(Assignment assignment) {
    return queue()
        .complete(assignment.lease(), Fixtures.aResultOf(assignment.imageKey(), 3))
        .await();
  }

  static String nonce() {
    return UUID.randomUUID().toString();
  }

  /** Asks until there is an answer, for what a millisecond of Redis' own time brings about. */
  static <T, C extends Collection<T>> C untilAny(Supplier<C> question) {
    return Stream.generate(question)
        .limit(100_000)
        .filter(answer -> !answer.isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
