package dev.tintype.api.submission;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.FieldError;
import dev.tintype.egress.EgressDecision;
import dev.tintype.egress.EgressDecision.Refused;
import dev.tintype.egress.EgressDecision.Unresolved;
import dev.tintype.egress.EgressPolicy;
import io.vertx.core.Future;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether pages may be opened. Asked when they are submitted, so that a client hears of a mistake
 * at once; and asked again, with what the names resolve to then, whenever the browser dials.
 */
public final class PageCheck {
  private static final Logger log = LoggerFactory.getLogger(PageCheck.class);

  private static final String URL = Input.URL.pointer();

  private final EgressPolicy egress;
  private final BoundedRounds rounds;

  public PageCheck(EgressPolicy egress, InstantSource clock) {
    this.egress = egress;
    this.rounds = new BoundedRounds(clock);
  }

  /** Fails with the problem, if there is one. */
  public Future<Void> check(CaptureSpec capture) {
    return capture.url() == null
        ? Future.succeededFuture()
        : refusal(URI.create(capture.url()))
            .compose(
                message ->
                    message.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(refused(List.of(error(URL, message)))));
  }

  /**
   * Fails with the problem that names every capture of a batch that is refused. Names that take
   * long to resolve are left to the browser's dial.
   */
  public Future<Void> check(List<CaptureSpec> captures) {
    Map<String, List<Integer>> placesOf = new LinkedHashMap<>();
    for (int i = 0; i < captures.size(); i++) {
      String url = captures.get(i).url();
      if (url != null) {
        URI address = URI.create(url);
        placesOf
            .computeIfAbsent(
                address.getScheme() + "://" + address.getRawAuthority(), host -> new ArrayList<>())
            .add(i);
      }
    }
    Map<Integer, FieldError> errors = new TreeMap<>();
    return rounds
        .each(List.copyOf(placesOf.entrySet()), host -> check(host, errors))
        .compose(
            all ->
                errors.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(refused(List.copyOf(errors.values()))));
  }

  private Future<Void> check(
      Map.Entry<String, List<Integer>> host, Map<Integer, FieldError> errors) {
    return refusal(URI.create(host.getKey()))
        .map(
            message -> {
              if (!message.isEmpty()) {
                host.getValue()
                    .forEach(
                        place -> errors.put(place, error("/captures/" + place + URL, message)));
              }
              return null;
            });
  }

  /** Why the address may not be opened, for its client; empty if it may. */
  private Future<String> refusal(URI address) {
    return egress.decide(address).map(PageCheck::refusal);
  }

  private static String refusal(EgressDecision decision) {
    if (decision instanceof Refused refused) {
      log.warn("event=egress_refused at=submit reason=\"{}\"", refused.reason());
      return refused.message();
    }
    if (decision instanceof Unresolved unresolved) {
      // A name that does not resolve here and now may do so for the worker.
      log.info("event=unresolved at=submit reason=\"{}\"", unresolved.message());
    }
    return "";
  }

  private static FieldError error(String pointer, String message) {
    return new FieldError(pointer, "cannot be used: " + message);
  }

  private static RequestProblem refused(List<FieldError> errors) {
    return new RequestProblem(ProblemCode.EGRESS_REFUSED, errors.get(0).sentence(), errors);
  }
}
