package dev.tintype.redis;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;

/**
 * Every key of one queue. All but the images share a hash tag, so that a script finds its keys on
 * one node of a cluster.
 *
 * @param namespace keeps several queues apart in one Redis
 */
record Keys(String namespace) {

  Keys {
    if (!namespace.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "not a namespace: 1 to 64 letters, digits, dots, _ and - are");
    }
  }

  /** What the scripts put before the keys that depend on what they find. */
  String prefix() {
    return namespace + ":{0}:";
  }

  /** HASH: the job. */
  String job(JobId id) {
    return prefix() + "job:" + id;
  }

  /** STREAM: the job's story. */
  String timeline(JobId id) {
    return prefix() + "timeline:" + id;
  }

  /** ZSET: the tenant's waiting jobs, by rank. */
  String queue(Tenant tenant) {
    return prefix() + "q:" + tenant;
  }

  /** ZSET: tenants with waiting jobs, by when they were last served. */
  String ring() {
    return prefix() + "ring";
  }

  /** STRING: the last turn on the ring. */
  String turn() {
    return prefix() + "turn";
  }

  /** STRING: the last rank that was given to a job. */
  String rank() {
    return prefix() + "rank";
  }

  /** ZSET: running jobs, by lease end. */
  String leases() {
    return prefix() + "leases";
  }

  /** STRING: the job that a claim was given, for the case that its reply was lost. */
  String answer(String nonce) {
    return prefix() + "answer:" + nonce;
  }

  /** STRING: written to see whether Redis takes writes. */
  String writable() {
    return prefix() + "writable";
  }

  /** Channel that announces queued jobs. */
  String queuedChannel() {
    return prefix() + "queued";
  }

  /** Channel that announces finished jobs. */
  String finishedChannel() {
    return prefix() + "finished";
  }

  /** STRING: an image. No hash tag, so that images spread over a cluster. */
  String image(String key) {
    return namespace + ":img:" + key;
  }
}
