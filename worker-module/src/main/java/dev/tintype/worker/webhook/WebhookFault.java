package dev.tintype.worker.webhook;

/** A try that came to no answer. */
final class WebhookFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String outcome;

  /**
   * Makes one.
   *
   * @param outcome the word for programs
   * @param message for the receiver's owner: no address of the internal network
   */
  WebhookFault(String outcome, String message) {
    // Without a stack: it comes from far away, and there are thousands when a receiver is down.
    super(message, null, false, false);
    this.outcome = outcome;
  }

  String outcome() {
    return outcome;
  }
}
