package dev.tintype.queue;

import dev.tintype.job.CaptureSpec;

/** A job that a worker has claimed: its right to it, and what to do. */
public record Assignment(Lease lease, CaptureSpec spec) {}
