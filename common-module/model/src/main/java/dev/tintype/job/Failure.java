package dev.tintype.job;

/**
 * How a job failed.
 *
 * @param message for the client: what happened, to what, within which limit; no addresses of the
 *     internal network
 */
public record Failure(FailureCode code, String message) {}
