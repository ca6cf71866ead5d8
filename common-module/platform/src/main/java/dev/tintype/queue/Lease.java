package dev.tintype.queue;

import dev.tintype.job.JobId;

/**
 * A worker's right to one job for a short time, renewed as long as it works. The attempt is the
 * fencing token: whoever comes with an attempt that is no longer the job's has lost the job and
 * changes nothing.
 */
public record Lease(JobId job, int attempt) {}
