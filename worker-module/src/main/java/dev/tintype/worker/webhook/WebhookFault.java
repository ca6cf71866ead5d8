package dev.tintype.worker.webhook;

/** An attempt that ended without a response. */
final class WebhookFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String outcome;

  /**
   * An attempt without a response.
   *
   * @param outcome a word for programs
   * @param message for the receiver's owner: no address of the internal network
   */
  WebhookFault(String outcome, String message) {
    // Without a stack trace, which would name the event loop only; there are thousands of these
    // when a receiver is down.
    super(message, null, false, false);
    this.outcome = outcome;
  }

  String outcome() {
    return outcome;
  }
}
