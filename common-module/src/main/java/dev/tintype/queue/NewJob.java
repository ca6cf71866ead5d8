package dev.tintype.queue;

import dev.tintype.job.CaptureSpec;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;

/** A job that is about to be stored. */
public record NewJob(JobId id, Tenant tenant, CaptureSpec spec) {}
