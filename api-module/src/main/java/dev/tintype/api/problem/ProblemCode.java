package dev.tintype.api.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be wrong with a request, the status that says so, and what to do about it.
 * The words never change their meaning.
 */
public enum ProblemCode {
  INVALID_JSON(
      400,
      "The body is not JSON",
      "Look at the line and column in the detail. A shell may have eaten the quotes: put the whole"
          + " body between single ones."),
  INVALID_REQUEST(
      400,
      "This is no HTTP request",
      "What was sent does not follow HTTP. Look at the client, or at the proxy in front."),
  INVALID_PARAMETER(
      400,
      "A parameter of the address is not valid",
      "Mend the query parameter or header that the detail names; it says what is allowed."),
  JOB_NOT_FOUND(
      404,
      "There is no such job",
      "Ids come from POST /v1/jobs. A job that was forgotten more than a day ago is not found,"
          + " either."),
  BATCH_NOT_FOUND(
      404,
      "There is no such batch",
      "Ids come from POST /v1/batches. A batch is forgotten with the last of its jobs."),
  ENDPOINT_NOT_FOUND(
      404, "There is no such endpoint", "GET /v1/webhooks/endpoints lists those of your tenant."),
  SECRET_NOT_FOUND(
      404,
      "There is no such secret",
      "PUT at the same address makes it. Names are up to 63 of a-z, 0-9, _ and -."),
  DELIVERY_NOT_FOUND(
      404,
      "There is no such delivery",
      "GET /v1/webhooks/deliveries lists those that are still kept."),
  ROUTE_NOT_FOUND(
      404, "There is nothing at this address", "Compare the path with the reference page."),
  METHOD_NOT_ALLOWED(
      405, "This address does not know this method", "The Allow header lists those that it knows."),
  BODY_TOO_SLOW(
      408,
      "The body did not arrive in time",
      "Send it again, over a better connection or with a smaller page."),
  IMAGE_NOT_READY(
      409,
      "The image is not there yet",
      "Ask again after Retry-After, or add ?wait=10 and follow redirects."),
  CAPTURE_FAILED(
      409,
      "The capture has no image and will have none",
      "The failure in the body says why. Mend the page or the capture, and submit a new job."),
  BATCH_OPEN(
      409,
      "The batch has not finished",
      "Ask again after Retry-After, or add ?wait=10 and follow redirects. GET the results for what"
          + " there is by now."),
  JOB_FINISHED(
      409,
      "The job has finished and cannot be cancelled",
      "Nothing needs to be done. DELETE forgets the job and its image."),
  SECRET_EXISTS(
      409,
      "The secret has another key",
      "Rotate it to have a new key beside the old one, or choose another name."),
  SECRET_IN_USE(
      409,
      "The secret signs for an endpoint",
      "Delete the endpoint that the detail names, or give it another secret."),
  JOB_GONE(
      410,
      "The job is no longer kept",
      "Submit the capture again, with a new Idempotency-Key. The operator can keep jobs longer"
          + " by --retention."),
  IMAGE_GONE(
      410,
      "The image was kept for its time and is gone",
      "Submit the capture again. The operator can keep images longer by --retention."),
  BODY_TOO_LARGE(
      413,
      "The body is too large",
      "A body may have 5 MiB of html and 1 MiB of everything else, and a batch 8 MiB. Serve a"
          + " larger page at an address and send its url; divide a batch."),
  ADDRESS_TOO_LONG(
      414,
      "The address of the request is too long",
      "Send the capture as the body of POST /v1/jobs instead of query parameters."),
  RANGE_NOT_SATISFIABLE(
      416,
      "The image has no such range",
      "Content-Range tells the size of the image; ask for a part of it, or for all."),
  INVALID_CAPTURE(
      422,
      "The capture is not valid",
      "Each entry of errors names a field by its JSON pointer, and what is allowed there."),
  INVALID_WEBHOOK(
      422,
      "The webhook is not valid",
      "Each entry of errors names a field by its JSON pointer, and what is allowed there."),
  EGRESS_REFUSED(
      422,
      "The page or webhook is at an address that is not allowed",
      "Addresses on private networks are refused until the operator allows them by --egress-allow."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The idempotency key stands for another submission",
      "Send the same body to have its job or batch, or take a new key for a new one."),
  TOO_MANY_WAITING(
      429,
      "As many of your jobs wait as may",
      "Nothing was stored. Submit again after Retry-After, when some of your jobs are done."),
  TOO_FAST(
      429,
      "You submit faster than you may",
      "Nothing was stored. Submit again after Retry-After, and more slowly."),
  HEADERS_TOO_LARGE(
      431, "The headers of the request are too large", "Send fewer headers, or smaller cookies."),
  INTERNAL(
      500,
      "The platform made a mistake; its log has the rest",
      "The mistake is not yours. Tell the operator the time and the address of the request."),
  QUEUE_FULL(
      503,
      "As many jobs wait as may",
      "Nothing was stored. Submit again after Retry-After. The operator can add workers, or allow"
          + " more by --max-waiting."),
  QUEUE_UNAVAILABLE(
      503,
      "The queue cannot be reached",
      "Ask again after Retry-After; a submission with an Idempotency-Key can be sent again safely."
          + " The operator should look at Redis.");

  private final int status;
  private final String title;
  private final String advice;

  ProblemCode(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  public static Optional<ProblemCode> of(String word) {
    return Arrays.stream(values()).filter(code -> code.toString().equals(word)).findFirst();
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What to do next, for people. */
  public String advice() {
    return advice;
  }

  /** The page about it. */
  public String page() {
    return "/problems/" + this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
