package dev.tintype.api;

import java.util.Locale;

/**
 * Everything that can be wrong with a request, and the status that says so. The words never change
 * their meaning.
 */
enum ProblemCode {
  INVALID_JSON(400, "The body is not JSON"),
  INVALID_REQUEST(400, "This is no HTTP request"),
  INVALID_PARAMETER(400, "A parameter of the address is not valid"),
  JOB_NOT_FOUND(404, "There is no such job"),
  ENDPOINT_NOT_FOUND(404, "There is no such endpoint"),
  SECRET_NOT_FOUND(404, "There is no such secret"),
  DELIVERY_NOT_FOUND(404, "There is no such delivery"),
  ROUTE_NOT_FOUND(404, "There is nothing at this address"),
  METHOD_NOT_ALLOWED(405, "This address does not know this method"),
  BODY_TOO_SLOW(408, "The body did not arrive in time"),
  IMAGE_NOT_READY(409, "The image is not there yet"),
  CAPTURE_FAILED(409, "The capture has no image and will have none"),
  JOB_FINISHED(409, "The job has finished and cannot be cancelled"),
  SECRET_EXISTS(409, "The secret has another key"),
  JOB_GONE(410, "The job is no longer kept"),
  IMAGE_GONE(410, "The image was kept for its time and is gone"),
  BODY_TOO_LARGE(413, "The body is too large"),
  ADDRESS_TOO_LONG(414, "The address of the request is too long"),
  RANGE_NOT_SATISFIABLE(416, "The image has no such range"),
  INVALID_CAPTURE(422, "The capture is not valid"),
  INVALID_WEBHOOK(422, "The webhook is not valid"),
  EGRESS_REFUSED(422, "The page or webhook is at an address that is not allowed"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key stands for another capture"),
  TOO_MANY_WAITING(429, "As many of your jobs wait as may"),
  TOO_FAST(429, "You submit faster than you may"),
  HEADERS_TOO_LARGE(431, "The headers of the request are too large"),
  INTERNAL(500, "The platform made a mistake; its log has the rest"),
  QUEUE_FULL(503, "As many jobs wait as may"),
  QUEUE_UNAVAILABLE(503, "The queue cannot be reached");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
