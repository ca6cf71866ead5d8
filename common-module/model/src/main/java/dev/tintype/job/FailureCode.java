package dev.tintype.job;

import java.util.Locale;

/** Why a capture has no image. The words are part of the API: they never change their meaning. */
public enum FailureCode {
  /** The capture's deadline passed and there was nothing worth showing. */
  TIMEOUT(true),
  /** The host name does not resolve. */
  HOST_NOT_FOUND(true),
  /** The server refused, reset or never answered the connection. */
  CONNECTION_FAILED(true),
  /** The server's certificate was not accepted, or the handshake failed. */
  TLS_FAILED(false),
  /**
   * The page, or a redirect on the way to it, leads to an address that the egress policy refuses.
   */
  EGRESS_REFUSED(false),
  /**
   * The address answers with a download, an empty reply or too many redirects: nothing that a
   * browser can show.
   */
  NOT_A_PAGE(false),
  /**
   * The browser refuses the URL, or one that the page redirects to: it is malformed, or its port is
   * one that browsers block.
   */
  INVALID_URL(false),
  /** A selector of the capture is not valid CSS. */
  INVALID_SELECTOR(false),
  /** The image would be larger than its format or the platform can hold. */
  IMAGE_TOO_LARGE(false),
  /** The page brought its own renderer process down. */
  PAGE_CRASHED(true),
  /** The browser died or stopped answering, and was replaced. */
  BROWSER_FAILED(true),
  /** Two workers died while they had this job: the page is held responsible. */
  WORKER_CRASHED(false),
  /** No browser was free within the job's queue timeout. */
  QUEUE_TIMEOUT(false),
  /** No browser was free before the job's deadline. */
  DEADLINE_PASSED(false),
  /** A fault of the platform itself; its log has the rest. */
  INTERNAL(true);

  private final boolean retryable;
  private final String word = name().toLowerCase(Locale.ROOT);

  FailureCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether another attempt, a little later, may go better. */
  public boolean isRetryable() {
    return retryable;
  }

  @Override
  public String toString() {
    return word;
  }
}
