package dev.tintype.queue;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A job that is about to be stored.
 *
 * @param idempotencyKey what the client calls this submission, so that it can be sent again; null
 *     if it has no name for it
 */
public record NewJob(
    JobId id,
    Tenant tenant,
    TenantPlan plan,
    CaptureRequest request,
    @Nullable String idempotencyKey) {}
