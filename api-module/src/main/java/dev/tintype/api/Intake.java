package dev.tintype.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.egress.EgressDecision;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.job.CaptureSpec;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.request.CaptureField;
import dev.tintype.request.CaptureReader;
import dev.tintype.request.FieldError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request into a stored job. The one way in, for every route that makes jobs. */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** A page of 5 MiB, with room for the escapes of JSON. */
  static final int MAX_BODY_BYTES = 8 << 20;

  private static final int MAX_BODY_BYTES_BESIDE_HTML = 1 << 20;

  private final JobStore store;
  private final EgressPolicy egress;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  Intake(JobStore store, EgressPolicy egress, InstantSource clock) {
    this.store = store;
    this.egress = egress;
    this.clock = clock;
  }

  /** Stores the capture that a JSON body asks for. */
  Future<Job> submit(Buffer body) {
    JsonNode json = parse(body);
    if (body.length() > MAX_BODY_BYTES_BESIDE_HTML
        && lengthBesideHtml(json) > MAX_BODY_BYTES_BESIDE_HTML) {
      throw RequestBody.tooLarge();
    }
    return submit(CaptureReader.read(json));
  }

  /** Stores the capture that query parameters ask for. */
  Future<Job> submit(MultiMap parameters) {
    return submit(CaptureReader.read(parameters.entries()));
  }

  private static int lengthBesideHtml(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      return json.toString().length();
    }
    ObjectNode rest = object.objectNode();
    rest.setAll(object);
    rest.remove(CaptureField.HTML.flatName());
    return rest.toString().length();
  }

  private Future<Job> submit(CaptureSpec spec) {
    return checkEgress(spec)
        .compose(
            allowed -> {
              JobId id = JobId.next(clock.instant(), random);
              return store.submit(new NewJob(id, Tenant.DEFAULT, spec)).map(Intake::accepted);
            });
  }

  private static Job accepted(SubmitResult result) {
    if (result instanceof SubmitResult.Accepted accepted) {
      Job job = accepted.job();
      log.info("event=queued job={} tenant={} ahead={}", job.id(), job.tenant(), accepted.ahead());
      return job;
    }
    throw new IllegalStateException("no answer is known for " + result);
  }

  /** Asked again, with what the names resolve to then, whenever the browser dials. */
  private Future<Void> checkEgress(CaptureSpec spec) {
    if (spec.url() == null) {
      return Future.succeededFuture();
    }
    return egress
        .decide(URI.create(spec.url()))
        .compose(
            decision -> {
              if (decision instanceof EgressDecision.Refused refused) {
                return Future.failedFuture(refusal(refused));
              }
              if (decision instanceof EgressDecision.Unresolved unresolved) {
                // A name that does not resolve here and now may do so for the worker.
                log.info("event=unresolved at=submit reason=\"{}\"", unresolved.message());
              }
              return Future.succeededFuture();
            });
  }

  private static ProblemException refusal(EgressDecision.Refused refused) {
    log.warn("event=egress_refused at=submit reason=\"{}\"", refused.reason());
    return new ProblemException(
        ProblemCode.EGRESS_REFUSED,
        refused.message(),
        List.of(new FieldError(CaptureField.URL.pointer(), refused.message())));
  }

  private static JsonNode parse(Buffer body) {
    try (JsonParser parser = Json.MAPPER.createParser(body.getBytes())) {
      try {
        JsonNode json = Json.MAPPER.readTree(parser);
        if (parser.nextToken() != null) {
          throw new JsonParseException(parser, "there is more after the end of the object");
        }
        return json == null ? MissingNode.getInstance() : json;
      } catch (JsonProcessingException e) {
        JsonLocation at = parser.currentLocation();
        String detail =
            "is not JSON at line %d, column %d: %s"
                .formatted(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage());
        throw new ProblemException(
            ProblemCode.INVALID_JSON,
            "the body " + detail,
            List.of(new FieldError(topLevelField(parser), detail)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the parser gave up, as far as a client will recognize it. */
  private static String topLevelField(JsonParser parser) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    int end = pointer.indexOf('/', 1);
    return end < 0 ? pointer : pointer.substring(0, end);
  }
}
