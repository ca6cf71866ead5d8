package dev.tintype.job;

import dev.tintype.capture.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as its owner sees it. The capture that it asks for travels to the worker and stays out of
 * here: an inline page can be megabytes, and this is read at every poll.
 *
 * @param url address of the page; null for inline html
 * @param attempt how often a worker has begun; also the fencing token of the attempt that runs
 * @param failures how many of these attempts failed and were followed by another
 * @param crashes how many of these attempts ended with the worker's lease
 * @param notBefore no attempt begins earlier; null for at once
 * @param startedAt begin of the latest attempt
 * @param worker who has, or last had, the job
 * @param result present if succeeded
 * @param failure present if failed or expired
 * @param metadata the client's own JSON object
 */
public record Job(
    JobId id,
    Tenant tenant,
    JobState state,
    Priority priority,
    @Nullable String url,
    int attempt,
    int failures,
    int crashes,
    Instant createdAt,
    @Nullable Instant notBefore,
    @Nullable Instant deadline,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String worker,
    @Nullable CaptureResult result,
    @Nullable Failure failure,
    @Nullable String metadata) {}
