package dev.tintype.redis.stored;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.DeliveryId;

/**
 * The keys of one queue that are used outside of the scripts; the rest are named in the files of
 * {@code parts}. All but the images share a hash tag, so that a script finds its keys on one node
 * of a cluster.
 *
 * @param namespace keeps several queues apart in one Redis
 */
public record Keys(String namespace) {

  public Keys {
    if (!namespace.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "not a namespace: 1 to 64 letters, digits, dots, _ and - are");
    }
  }

  /** What every key but those of images begins with. */
  public String prefix() {
    return namespace + ":{0}:";
  }

  /** HASH: the job. */
  public String job(JobId id) {
    return jobs() + id;
  }

  /** What the key of every job begins with. */
  public String jobs() {
    return prefix() + "job:";
  }

  /** STRING: that there was such a job. */
  public String tombstone(JobId id) {
    return prefix() + "gone:" + id;
  }

  /** HASH: a batch. */
  public String batch(BatchId id) {
    return prefix() + "batch:" + id;
  }

  /** LIST: the jobs of a batch. */
  public String members(BatchId id) {
    return prefix() + "members:" + id;
  }

  /** ZSET: images that no job points to. */
  public String garbage() {
    return prefix() + "garbage";
  }

  /** HASH: a delivery. */
  public String delivery(DeliveryId id) {
    return prefix() + "delivery:" + id;
  }

  /** ZSET: indexes of deliveries. */
  public String deliveries() {
    return prefix() + "deliveries";
  }

  /** HASH: whom a tenant wants called whatever the job. */
  public String endpoints(Tenant tenant) {
    return prefix() + "endpoints:" + tenant;
  }

  /** HASH: what signs a tenant's calls. */
  public String secrets(Tenant tenant) {
    return prefix() + "secrets:" + tenant;
  }

  /** HASH: what has happened, by word. */
  public String totals() {
    return prefix() + "totals";
  }

  /** STRING: written to see whether Redis takes writes. */
  public String writable() {
    return prefix() + "writable";
  }

  /** Channel that announces queued jobs. */
  public String queuedChannel() {
    return prefix() + "queued";
  }

  /** Channel that announces finished jobs. */
  public String finishedChannel() {
    return prefix() + "finished";
  }

  /** Channel that announces tenants whose jobs have events. */
  public String eventsChannel() {
    return prefix() + "events";
  }

  /** STRING: an image. No hash tag, so that images spread over a cluster. */
  public String image(String key) {
    return namespace + ":img:" + key;
  }

  /** STRING: the beginning of an image that is still being stored, in the slot of the image. */
  public String imageParts(String key) {
    return "{" + image(key) + "}:parts";
  }
}
