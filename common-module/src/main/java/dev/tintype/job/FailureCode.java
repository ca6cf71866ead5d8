package dev.tintype.job;

import java.util.Locale;

/** Why a capture has no image. The words are part of the API: they never change their meaning. */
public enum FailureCode {
  /** The capture's deadline passed and there was nothing worth showing. */
  TIMEOUT,
  /** The host name does not resolve. */
  HOST_NOT_FOUND,
  /** The server refused, reset or never answered the connection. */
  CONNECTION_FAILED,
  /** The server's certificate was not accepted, or the handshake failed. */
  TLS_FAILED,
  /**
   * The page, or a redirect on the way to it, leads to an address that the egress policy refuses.
   */
  EGRESS_REFUSED,
  /**
   * The address answers with a download, an empty reply or too many redirects: nothing that a
   * browser can show.
   */
  NOT_A_PAGE,
  /** The image would be larger than its format or the platform can hold. */
  IMAGE_TOO_LARGE,
  /** The page brought its own renderer process down. */
  PAGE_CRASHED,
  /** The browser died or stopped answering, and was replaced. */
  BROWSER_FAILED,
  /** Two workers died while they had this job: the page is held responsible. */
  WORKER_CRASHED,
  /** A fault of the platform itself; its log has the rest. */
  INTERNAL;

  private final String word = name().toLowerCase(Locale.ROOT);

  @Override
  public String toString() {
    return word;
  }
}
