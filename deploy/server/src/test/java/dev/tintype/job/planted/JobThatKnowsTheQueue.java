package dev.tintype.job.planted;

import dev.tintype.queue.JobQueue;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class JobThatKnowsTheQueue {
  final Class<?> violation = JobQueue.class;

  long now() {
    return System.currentTimeMillis();
  }
}
