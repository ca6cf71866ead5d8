package dev.tintype.api.webhook;

import dev.tintype.api.access.Caller;
import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.http.JsonBody;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.Durations;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.WebhookSecret;
import dev.tintype.outbox.WebhookSecret.Older;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.outbox.WebhookSecrets.FoundOrCreated;
import dev.tintype.outbox.WebhookSecrets.SecretDeletion;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What signs webhooks. */
public final class SecretsHandler {
  private static final Logger log = LoggerFactory.getLogger(SecretsHandler.class);

  // Long enough for a deployment of every receiver, on a weekday.
  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private final WebhookSecrets secrets;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  public SecretsHandler(WebhookSecrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** {@code GET /v1/webhooks/secrets/:name}. */
  public Future<Void> get(RoutingContext ctx) {
    String name = name(ctx);
    return secrets
        .find(Caller.of(ctx).tenant(), name)
        .compose(found -> send(ctx, found.orElseThrow(() -> unknown(name))));
  }

  /** {@code PUT /v1/webhooks/secrets/:name}: creates the secret unless it exists. */
  public Future<Void> create(RoutingContext ctx) {
    String name = name(ctx);
    return RequestBody.of(ctx)
        .compose(
            body -> {
              String given = key(JsonBody.texts(body, List.of("key")));
              return secrets
                  .findOrCreate(
                      Caller.of(ctx).tenant(),
                      name,
                      given == null ? SigningKey.random(random).text() : given)
                  .compose(
                      found -> {
                        FoundOrCreated kept =
                            found.orElseThrow(
                                () ->
                                    EndpointsHandler.tooMany(
                                        WebhookSecrets.MOST_SECRETS, "secrets"));
                        WebhookSecret secret = kept.secret();
                        if (given != null && !given.equals(secret.key())) {
                          throw new RequestProblem(
                              ProblemCode.SECRET_EXISTS,
                              "secret "
                                  + name
                                  + " signs with another key; POST /v1/webhooks/secrets/"
                                  + name
                                  + "/rotate puts a new one in its place");
                        }
                        ctx.response().setStatusCode(kept.isNew() ? 201 : 200);
                        return send(ctx, secret);
                      });
            });
  }

  /** {@code DELETE /v1/webhooks/secrets/:name}. */
  public Future<Void> delete(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    String name = name(ctx);
    return secrets
        .delete(tenant, name)
        .compose(
            deletion -> {
              if (deletion instanceof SecretDeletion.Unknown) {
                throw unknown(name);
              }
              if (deletion instanceof SecretDeletion.InUse use) {
                throw new RequestProblem(
                    ProblemCode.SECRET_IN_USE,
                    "secret "
                        + name
                        + " signs for "
                        + use.endpoint()
                        + "; delete that endpoint, or PUT it with another secret");
              }
              log.info("event=secret_deleted secret={} tenant={}", name, tenant);
              return ctx.response().setStatusCode(204).end();
            });
  }

  /** {@code POST /v1/webhooks/secrets/:name/rotate}. */
  public Future<Void> rotate(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    String name = name(ctx);
    return RequestBody.of(ctx)
        .compose(
            body -> {
              Map<String, String> fields = JsonBody.texts(body, List.of("overlap", "key"));
              Duration overlap = overlap(fields.get("overlap"));
              String given = key(fields);
              String key = given == null ? SigningKey.random(random).text() : given;
              return secrets
                  .rotate(tenant, name, key, overlap)
                  .compose(
                      found -> {
                        WebhookSecret secret = found.orElseThrow(() -> unknown(name));
                        log.info(
                            "event=secret_rotated secret={} tenant={} overlap={}s",
                            name,
                            tenant,
                            overlap.toSeconds());
                        return send(ctx, secret);
                      });
            });
  }

  private static Duration overlap(@Nullable String text) {
    if (text == null) {
      return OVERLAP;
    }
    return Durations.parse(text)
        .filter(time -> !time.isNegative() && time.compareTo(LONGEST_OVERLAP) <= 0)
        .orElseThrow(
            () ->
                JsonBody.invalid(
                    "overlap",
                    "is \"" + text + "\"; allowed is a duration from 0s to 720h, such as \"24h\""));
  }

  private static @Nullable String key(Map<String, String> fields) {
    String key = fields.get("key");
    if (key != null && !SigningKey.isValid(key)) {
      throw JsonBody.invalid(
          "key", "is no key; allowed is whsec_ and the base64 of 24 to 64 random bytes");
    }
    return key;
  }

  private static String name(RoutingContext ctx) {
    String name = ctx.pathParam("name");
    if (!Webhook.SECRET_NAME.matcher(name).matches()) {
      throw JsonBody.invalid("name", "is no name of a secret: up to 63 of a-z, 0-9, _ and - are");
    }
    return name;
  }

  private static RequestProblem unknown(String name) {
    return new RequestProblem(
        ProblemCode.SECRET_NOT_FOUND,
        "you have no secret " + name + "; PUT /v1/webhooks/secrets/" + name + " makes it");
  }

  /** Without the keys that sign no more, which are there until the next rotation. */
  private Future<Void> send(RoutingContext ctx, WebhookSecret secret) {
    Instant now = clock.instant();
    List<Older> signing = secret.older().stream().filter(key -> key.until().isAfter(now)).toList();
    return JsonAnswer.send(
        ctx.request(), "application/json", new SecretView(secret.name(), secret.key(), signing));
  }

  record SecretView(String name, String key, List<Older> older) {}
}
