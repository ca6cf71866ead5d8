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
      "Invalid JSON",
      "Check the line and column in the detail. If a shell removed the quotes, put the"
          + " whole body in single quotes."),
  INVALID_REQUEST(
      400,
      "Invalid HTTP request",
      "The request does not follow HTTP. Check the client, or the proxy in front of the"
          + " server."),
  INVALID_PARAMETER(
      400,
      "Invalid parameter",
      "Fix the query parameter or header named in the detail, which also lists the"
          + " allowed values."),
  JOB_NOT_FOUND(
      404,
      "Job not found",
      "Check the ID that POST /v1/jobs returned. A job that was deleted more than a day"
          + " ago is not found either."),
  BATCH_NOT_FOUND(
      404,
      "Batch not found",
      "Check the ID that POST /v1/batches returned. A batch is deleted with its last job."),
  IMAGE_NOT_FOUND(
      404,
      "Image not found",
      "result.images of the job lists the names of its images. /v1/jobs/{id}/image is the first."),
  ENDPOINT_NOT_FOUND(
      404, "Webhook endpoint not found", "GET /v1/webhooks/endpoints lists your endpoints."),
  SECRET_NOT_FOUND(
      404,
      "Signing secret not found",
      "PUT to the same URL creates it. A name has 1 to 63 of a-z, 0-9, _ and -."),
  DELIVERY_NOT_FOUND(
      404,
      "Delivery not found",
      "GET /v1/webhooks/deliveries lists the deliveries that are still kept."),
  ROUTE_NOT_FOUND(404, "Unknown path", "Compare the path with the API reference at /docs."),
  METHOD_NOT_ALLOWED(405, "Method not allowed", "Use one of the methods in the Allow header."),
  BODY_TOO_SLOW(
      408,
      "Request body timed out",
      "Send it again over a faster connection, or send a smaller page."),
  IMAGE_NOT_READY(
      409, "Image not ready", "Retry after Retry-After, or add ?wait=10 and follow redirects."),
  REDIRECTS_USED(
      409,
      "Redirect limit of the client reached",
      "The job continues. Fetch the image from its URL later, or raise the number of"
          + " redirects that the client follows."),
  CAPTURE_FAILED(
      409,
      "Capture failed",
      "The failure in the body says why. Fix the page or the capture, then submit a new" + " job."),
  BATCH_OPEN(
      409,
      "Batch not finished",
      "Retry after Retry-After, or add ?wait=10 and follow redirects. GET the results to"
          + " see those that are available now."),
  JOB_FINISHED(
      409,
      "Job already finished",
      "Nothing to cancel. Use DELETE to delete the job and its image."),
  SECRET_EXISTS(
      409,
      "Signing secret already exists",
      "Rotate the secret to add a new key beside the old one, or choose another name."),
  SECRET_IN_USE(
      409,
      "Signing secret in use",
      "Delete the endpoint named in the detail, or give it another secret."),
  JOB_GONE(
      410,
      "Job deleted",
      "Submit the capture again with a new Idempotency-Key. The operator can keep jobs"
          + " longer with --retention."),
  IMAGE_GONE(
      410,
      "Image deleted",
      "Submit the capture again. The operator can keep images longer with --retention."),
  BODY_TOO_LARGE(
      413,
      "Request body too large",
      "The limits are 5 MiB for html, 1 MiB for everything else, and 8 MiB for a batch."
          + " Serve a larger page at a URL and send the url; split a large batch."),
  ADDRESS_TOO_LONG(
      414,
      "Request URL too long",
      "Send the capture as the body of POST /v1/jobs instead of query parameters."),
  RANGE_NOT_SATISFIABLE(
      416,
      "Range not satisfiable",
      "Content-Range gives the size of the image. Request a range within it, or the whole"
          + " image."),
  INVALID_CAPTURE(
      422,
      "Invalid capture",
      "Each entry of errors names a field by its JSON pointer, and says what is allowed"
          + " there."),
  INVALID_WEBHOOK(
      422,
      "Invalid webhook",
      "Each entry of errors names a field by its JSON pointer, and says what is allowed"
          + " there."),
  EGRESS_REFUSED(
      422,
      "Address not allowed",
      "Addresses in private networks are refused unless the operator allows them with"
          + " --egress-allow."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "Idempotency key reused",
      "Send the original body to get its job or batch, or use a new key for a new"
          + " submission."),
  TOO_MANY_WAITING(
      429,
      "Too many waiting jobs",
      "Nothing was stored. Submit again after Retry-After, when some of your jobs have"
          + " finished."),
  TOO_FAST(
      429,
      "Rate limit exceeded",
      "Nothing was stored. Submit again after Retry-After, at a lower rate."),
  HEADERS_TOO_LARGE(431, "Request headers too large", "Send fewer headers, or smaller cookies."),
  INTERNAL(
      500,
      "Internal error",
      "The request is not at fault. Report its time and path to the operator, whose log"
          + " has the details."),
  QUEUE_FULL(
      503,
      "Queue full",
      "Nothing was stored. Submit again after Retry-After. The operator can add workers,"
          + " or raise --max-waiting."),
  QUEUE_UNAVAILABLE(
      503,
      "Queue unavailable",
      "Retry after Retry-After. A submission with an Idempotency-Key can be repeated"
          + " safely. The operator should check Redis.");

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
