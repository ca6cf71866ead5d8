package dev.tintype.worker.browser.planted;

import dev.tintype.job.JobId;
import dev.tintype.redis.connection.RedisConnections;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class BrowserThatKnowsJobs {
  final Class<?> job = JobId.class;
  final Class<?> redis = RedisConnections.class;

  void exit() {
    System.exit(1);
  }
}
