package dev.tintype.queue.planted;

import io.lettuce.core.RedisClient;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class QueueThatKnowsRedis {
  final Class<?> lettuce = RedisClient.class;
  final Class<?> job = JobThatKnowsTheQueueToo.class;

  static final class JobThatKnowsTheQueueToo {}
}
