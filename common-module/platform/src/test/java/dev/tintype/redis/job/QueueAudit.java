package dev.tintype.redis.job;

import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.StoredResult;
import dev.tintype.testing.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recounts a queue: everything that is kept twice is compared with the hashes of the jobs, which
 * are found by SCAN. For a queue at rest; one that is at work changes under its eyes.
 */
public final class QueueAudit {
  private final RedisConnections redis;
  private final String namespace;
  private final boolean withImages;
  private final List<String> findings = new ArrayList<>();
  private final QueueSnapshot queue;

  private QueueAudit(RedisConnections redis, String namespace, boolean withImages) {
    this.redis = redis;
    this.namespace = namespace;
    this.withImages = withImages;
    this.queue = new QueueSnapshot(redis, namespace);
  }

  /**
   * What is wrong, a sentence each; empty if all is well.
   *
   * @param withImages whether each job that succeeded must have its image in the store, which is
   *     not so in a test that stores none
   */
  public static List<String> findings(
      RedisConnections redis, String namespace, boolean withImages) {
    return new QueueAudit(redis, namespace, withImages).look();
  }

  private List<String> look() {
    counts();
    waiting();
    tenantsOnTheRing();
    running();
    finished();
    images();
    answersOfEqualCaptures();
    timelines();
    followers();
    batches();
    return List.copyOf(findings);
  }

  private void counts() {
    Map<String, Map<String, Long>> tenants = new TreeMap<>();
    long open = 0;
    long finished = 0;
    long bytes = 0;
    for (Map<String, String> job : queue.jobs.values()) {
      Map<String, Long> tenant =
          tenants.computeIfAbsent(field(job, "tenant"), t -> new TreeMap<>());
      JobState state = JobHash.word(JobState.class, field(job, "state"));
      if (state == JobState.QUEUED || state == JobState.SCHEDULED) {
        add(tenant, "waiting", 1);
      }
      add(tenant, state.toString(), 1);
      add(tenant, "bytes", number(job.get("bytes")));
      open += state.isFinal() ? 0 : 1;
      finished += state.isFinal() ? 1 : 0;
      bytes += number(job.get("bytes"));
    }
    for (String tenant : queue.namesAfter("tenant:")) {
      Map<String, String> kept = queue.hash("tenant:" + tenant);
      for (String word : List.of("waiting", "scheduled", "running", "bytes")) {
        compare(
            word + " of " + tenant,
            number(kept.get(word)),
            tenants.getOrDefault(tenant, Map.of()).getOrDefault(word, 0L));
      }
      tenants.remove(tenant);
    }
    tenants.forEach((tenant, jobs) -> findings.add(tenant + " has jobs and no counts: " + jobs));
    Map<String, Set<String>> listed = new TreeMap<>();
    for (String tenant : queue.namesAfter("jobs:")) {
      listed.put(tenant, new TreeSet<>(queue.scores("jobs:" + tenant).keySet()));
    }
    Map<String, Set<String>> jobs = new TreeMap<>();
    queue.jobs.forEach(
        (id, job) -> jobs.computeIfAbsent(field(job, "tenant"), t -> new TreeSet<>()).add(id));
    compare("jobs of each tenant", listed, jobs);
    Map<String, String> totals = queue.hash("totals");
    long ended =
        Stream.of(JobState.values())
            .filter(JobState::isFinal)
            .mapToLong(state -> number(totals.get(state.toString())))
            .sum();
    compare("jobs that have not finished", number(totals.get("submitted")) - ended, open);
    compare("jobs that have finished", ended - number(totals.get("forgotten")), finished);
    compare("bytes of images", number(totals.get("bytes")), bytes);
  }

  private void waiting() {
    Map<String, Double> queued = new TreeMap<>();
    Map<String, Double> expiring = new TreeMap<>();
    Set<String> scheduled = new TreeSet<>();
    queue.jobs.forEach(
        (id, job) -> {
          String state = field(job, "state");
          boolean waits = state.equals("queued") || state.equals("scheduled");
          if (state.equals("queued")) {
            queued.put(id, Double.valueOf(field(job, "rank")));
          } else if (state.equals("scheduled")) {
            scheduled.add(id);
          }
          // A queue timeout is about the first attempt alone.
          String expires = job.get(job.containsKey("attempt") ? "deadlineMillis" : "expiresMillis");
          if (waits && expires != null) {
            expiring.put(id, Double.valueOf(expires));
          }
        });
    Map<String, Double> inQueues = new TreeMap<>();
    for (String tenant : queue.namesAfter("q:")) {
      queue.scores("q:" + tenant).forEach((id, rank) -> put(inQueues, id, rank, "tenant", tenant));
    }
    Set<String> inQueuesOfTenants = Set.copyOf(inQueues.keySet());
    Map<String, Set<String>> waitingForHosts = new TreeMap<>();
    for (String name : queue.namesAfter("aside:")) {
      String tenant = name.substring(0, name.indexOf(':'));
      String host = name.substring(name.indexOf(':') + 1);
      waitingForHosts.computeIfAbsent(host, h -> new TreeSet<>()).add(tenant);
      queue
          .scores("aside:" + name)
          .forEach(
              (id, rank) -> {
                put(inQueues, id, rank, "tenant", tenant);
                compare(
                    "host that " + id + " waits for",
                    host,
                    queue.jobs.getOrDefault(id, Map.of()).getOrDefault("host", ""));
              });
    }
    Map<String, Set<String>> tenantsOfHosts = new TreeMap<>();
    for (String host : queue.namesAfter("hostwait:")) {
      tenantsOfHosts.put(host, new TreeSet<>(queue.scores("hostwait:" + host).keySet()));
    }
    compare("tenants that wait for each host", tenantsOfHosts, waitingForHosts);
    waitingForHosts.keySet().forEach(host -> someoneWillPull(host, inQueuesOfTenants));
    compare("queued jobs, by rank", inQueues, queued);
    compare("scheduled jobs", new TreeSet<>(queue.scores("scheduled").keySet()), scheduled);
    compare("waiting jobs that expire", new TreeMap<>(queue.scores("expiring")), expiring);
  }

  /** Those that wait for a host are looked at when another job of it ends or is found. */
  private void someoneWillPull(String host, Set<String> queues) {
    boolean found =
        queue.jobs.entrySet().stream()
            .filter(job -> host.equals(job.getValue().get("host")))
            .anyMatch(
                job ->
                    field(job.getValue(), "state").equals("running")
                        || queues.contains(job.getKey()));
    if (!found) {
      findings.add("jobs that wait for " + host + " are stuck: no other job of it goes on");
    }
  }

  private void put(Map<String, Double> into, String id, double rank, String field, String value) {
    if (into.put(id, rank) != null) {
      findings.add(id + " waits at two places");
    }
    if (!value.equals(queue.jobs.getOrDefault(id, Map.of()).get(field))) {
      findings.add("%s waits with those of the %s %s".formatted(id, field, value));
    }
  }

  private void tenantsOnTheRing() {
    Map<String, Double> ring = queue.scores("ring");
    Set<String> parked = queue.scores("parked").keySet();
    for (String tenant : queue.namesAfter("q:")) {
      if (ring.containsKey(tenant) == parked.contains(tenant)) {
        findings.add(
            tenant + (parked.contains(tenant) ? " is on the ring and parked" : " has no turn"));
      }
    }
    String vtime = queue.hash("given").getOrDefault("vtime", "");
    ring.forEach(
        (tenant, score) -> {
          compare(
              "place of " + tenant + " on the ring",
              score,
              Double.valueOf(queue.hash("tenant:" + tenant).getOrDefault("vtime", "-1")));
          if (!vtime.isEmpty() && score < Double.parseDouble(vtime)) {
            findings.add(tenant + " is on the ring before the time that was reached: " + vtime);
          }
        });
  }

  private void running() {
    Set<String> running = new TreeSet<>();
    Map<String, Long> hosts = new TreeMap<>();
    queue.jobs.forEach(
        (id, job) -> {
          if (field(job, "state").equals("running")) {
            running.add(id);
            if (job.containsKey("host")) {
              add(hosts, field(job, "host"), 1);
            }
          }
        });
    compare("leases", new TreeSet<>(queue.scores("leases").keySet()), running);
    Map<String, String> claims = new TreeMap<>();
    Map<String, String> given = new TreeMap<>(queue.hash("given"));
    given.remove("vtime");
    for (String id : running) {
      String image = field(queue.jobs.getOrDefault(id, Map.of()), "image");
      claims.put(image.substring(image.indexOf('-') + 1), id);
    }
    compare("jobs that claims were given", given, claims);
    Map<String, Long> kept = new TreeMap<>();
    queue.hash("hosts").forEach((host, count) -> kept.put(host, number(count)));
    compare("captures of each host", kept, hosts);
  }

  /** Their order is to the microsecond, what a job says to the millisecond. */
  private static Map<String, Double> inMillis(Map<String, Double> scores) {
    Map<String, Double> millis = new TreeMap<>();
    scores.forEach((id, score) -> millis.put(id, Math.floor(score)));
    return millis;
  }

  private void finished() {
    Map<String, Map<String, Double>> ofTenants = new TreeMap<>();
    queue.jobs.forEach(
        (id, job) -> {
          JobState state = JobHash.word(JobState.class, field(job, "state"));
          if (state.isFinal()) {
            ofTenants
                .computeIfAbsent(field(job, "tenant"), t -> new TreeMap<>())
                .put(id, Double.valueOf(field(job, "finishedMillis")));
          }
          if (state.isFinal() == job.containsKey("spec")) {
            findings.add(
                id + " is " + state + (state.isFinal() ? " and has" : " without") + " spec");
          }
        });
    Map<String, Map<String, Double>> kept = new TreeMap<>();
    Map<String, Double> oldest = queue.scores("oldest");
    Set<String> settled = queue.members("settled");
    for (String tenant : queue.namesAfter("finished:")) {
      Map<String, Double> finished = queue.scores("finished:" + tenant);
      kept.put(tenant, inMillis(finished));
      if (!settled.contains(tenant)) {
        compare(
            "when the first of " + tenant + " finished",
            oldest.get(tenant),
            finished.values().iterator().next());
      }
    }
    compare("finished jobs of each tenant", kept, ofTenants);
    for (String tenant : oldest.keySet()) {
      if (!kept.containsKey(tenant)) {
        findings.add(tenant + " has no finished job, and is looked for one");
      }
    }
  }

  private void images() {
    Set<String> garbage = queue.scores("garbage").keySet();
    Set<String> owned = new TreeSet<>();
    queue.jobs.forEach(
        (id, job) -> {
          String state = field(job, "state");
          if (!state.equals("succeeded") && !state.equals("running")) {
            return;
          }
          List<String> keys = imageKeys(job);
          owned.addAll(keys);
          if (keys.stream().anyMatch(garbage::contains)) {
            findings.add("an image of " + id + " is garbage, and the job is " + state);
          }
          if (state.equals("succeeded") && withImages) {
            compare(
                "bytes of the images of " + id,
                keys.stream().mapToLong(key -> queue.images.getOrDefault(key, 0L)).sum(),
                number(job.get("bytes")));
            compare(
                "images in the result of " + id,
                StoredResult.read(field(job, "result")).images().stream().map(Image::key).toList(),
                keys);
          }
        });
    for (String image : queue.images.keySet()) {
      if (!owned.contains(image) && !garbage.contains(image)) {
        findings.add("the image " + image + " belongs to nobody and is not garbage");
      }
    }
  }

  private static List<String> imageKeys(Map<String, String> job) {
    String first = field(job, "image");
    return IntStream.range(0, Integer.parseInt(job.getOrDefault("images", "1")))
        .mapToObj(index -> index == 0 ? first : first + "." + index)
        .toList();
  }

  private void answersOfEqualCaptures() {
    for (String name : queue.namesAfter("same:")) {
      String id = queue.text("same:" + name);
      Map<String, String> job = queue.jobs.getOrDefault(id, Map.of());
      String state = job.getOrDefault("state", "gone");
      if (!name.equals(job.get("tenant") + ":" + job.get("same"))
          || Set.of("failed", "cancelled", "expired").contains(state)) {
        findings.add("an equal capture is answered by " + id + ", which is " + state);
      }
    }
  }

  private void batches() {
    Map<String, List<Map<String, String>>> members = new TreeMap<>();
    queue.jobs.values().stream()
        .filter(job -> job.containsKey("batch"))
        .forEach(
            job -> members.computeIfAbsent(field(job, "batch"), b -> new ArrayList<>()).add(job));
    compare("batches", Set.copyOf(queue.namesAfter("batch:")), members.keySet());
    compare("members of batches", Set.copyOf(queue.namesAfter("members:")), members.keySet());
    members.forEach(
        (id, jobs) -> {
          Map<String, String> batch = queue.hash("batch:" + id);
          long total = number(batch.get("total"));
          long forgotten = total - jobs.size();
          long ended = 0;
          for (JobState state : JobState.values()) {
            long counted =
                jobs.stream().filter(job -> field(job, "state").equals(state.toString())).count();
            long kept = number(batch.get(state.toString()));
            ended += kept;
            // Those that were forgotten had ended, and are counted on.
            if (state.isFinal() && (kept < counted || kept > counted + forgotten)) {
              findings.add("batch %s counts %d %s of %d".formatted(id, kept, state, counted));
            }
          }
          compare("open jobs of batch " + id, number(batch.get("open")), total - ended);
          compare("jobs kept of batch " + id, number(batch.get("kept")), (long) jobs.size());
          compare("end of batch " + id, batch.containsKey("finishedMillis"), total == ended);
        });
  }

  private void timelines() {
    var store = new RedisJobStore(redis, namespace, 1);
    QueueSnapshot.each(List.copyOf(queue.jobs.keySet()), id -> store.findTimeline(new JobId(id)))
        .forEach((id, story) -> timeline(id, queue.jobs.getOrDefault(id, Map.of()), story));
    for (String id : queue.namesAfter("gone:")) {
      if (queue.jobs.containsKey(id)) {
        findings.add("there is a tombstone of " + id + ", which is there");
      }
    }
  }

  private void timeline(String id, Map<String, String> job, List<TimelineEntry> story) {
    List<JobState> states = Story.states(story);
    for (String step : Story.illegalSteps(states)) {
      findings.add("the story of " + id + " has the step " + step + ": " + states);
    }
    compare("last state of " + id, states.get(states.size() - 1).toString(), field(job, "state"));
    compare("attempts of " + id, count(story, Event.STARTED), number(job.get("attempt")));
    compare("failures of " + id, count(story, Event.ATTEMPT_FAILED), number(job.get("failures")));
    compare("crashes of " + id, count(story, Event.LEASE_EXPIRED), number(job.get("crashes")));
    for (int i = 1; i < story.size(); i++) {
      if (story.get(i).at().isBefore(story.get(i - 1).at())) {
        findings.add("the story of " + id + " goes back in time: " + story);
      }
    }
  }

  /** Steps read it in the tenant's hash alone, which comes and goes with its jobs. */
  private void followers() {
    for (String tenant : queue.namesAfter("followed:")) {
      Map<String, String> kept = queue.hash("tenant:" + tenant);
      if (!kept.isEmpty() && !kept.containsKey("followed")) {
        findings.add(tenant + " is followed, and its steps do not know it");
      }
    }
  }

  private static long count(List<TimelineEntry> story, Event event) {
    return story.stream().filter(entry -> entry.event() == event).count();
  }

  private void compare(String what, @Nullable Object kept, Object counted) {
    if (!Objects.equals(kept, counted)) {
      findings.add("%s: kept is %s, counted %s".formatted(what, kept, counted));
    }
  }

  private static void add(Map<String, Long> counts, String name, long count) {
    counts.merge(name, count, Long::sum);
  }

  private static long number(@Nullable String value) {
    return value == null ? 0 : Long.parseLong(value);
  }

  private static String field(Map<String, String> job, String name) {
    return job.getOrDefault(name, "");
  }
}
