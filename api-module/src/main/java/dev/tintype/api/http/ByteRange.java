package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.problem.RequestProblem.Problem;
import dev.tintype.capture.field.FieldError;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a resource that a request is about (RFC 9110, section 14).
 *
 * @param from first byte
 * @param to last byte, inclusive
 * @param size of the whole
 */
public record ByteRange(long from, long to, long size) {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The one range that is asked for; the whole, if none is, or several, or the client's copy is an
   * older one.
   */
  public static ByteRange of(HttpServerRequest request, String etag, long size) {
    var whole = new ByteRange(0, size - 1, size);
    String header = request.getHeader("Range");
    String condition = request.getHeader("If-Range");
    if (header == null || (condition != null && !condition.equals(etag))) {
      return whole;
    }
    Matcher matcher = ONE_RANGE.matcher(header);
    if (!matcher.matches() || header.equals("bytes=-")) {
      return whole;
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
    long to =
        first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    if (from > to) {
      String detail = "asks for \"" + header + "\"; the image has bytes 0 to " + (size - 1);
      throw new RequestProblem(
          new Problem(
              ProblemCode.RANGE_NOT_SATISFIABLE,
              "the Range header " + detail,
              Map.of("Content-Range", "bytes */" + size),
              List.of(new FieldError("/Range", detail)),
              null));
    }
    return new ByteRange(from, to, size);
  }

  public long length() {
    return to - from + 1;
  }

  public boolean isPartial() {
    return length() < size;
  }

  public String contentRange() {
    return "bytes " + from + "-" + to + "/" + size;
  }
}
