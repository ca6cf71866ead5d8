package dev.tintype.api.http.planted;

import dev.tintype.job.JobId;

/** An HTTP part that knows a resource. */
public record HttpThatKnowsJobs(JobId id) {}
