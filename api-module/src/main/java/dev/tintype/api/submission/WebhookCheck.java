package dev.tintype.api.submission;

import dev.tintype.api.http.JsonBody;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import dev.tintype.egress.EgressDecision;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a webhook can be called and signed. Asked before it is stored, so that its owner hears of
 * a mistake at once; the address is asked about again whenever it is dialled.
 */
public final class WebhookCheck {
  private static final Logger log = LoggerFactory.getLogger(WebhookCheck.class);

  private final WebhookSecrets secrets;
  private final EgressPolicy egress;
  private final RandomGenerator random = new SecureRandom();

  public WebhookCheck(WebhookSecrets secrets, EgressPolicy egress) {
    this.secrets = secrets;
    this.egress = egress;
  }

  /**
   * Fails with the problem, if there is one, of the address or of the secret. The default secret is
   * made when it is first needed.
   *
   * @param at JSON pointer of the webhook in the body
   */
  public Future<Void> check(Tenant tenant, Webhook webhook, String at) {
    return checkAddress(webhook, at).compose(allowed -> checkSecret(tenant, webhook.secret(), at));
  }

  /**
   * Fails with the problem of the secret, if there is one. Nobody asks again later: a delivery
   * without its secret is given up.
   */
  public Future<Void> checkSecret(Tenant tenant, String name, String at) {
    return hasSecret(tenant, name)
        .compose(
            known -> known ? Future.succeededFuture() : Future.failedFuture(noSecret(name, at)));
  }

  /** Fails with the problem of the address, if there is one. */
  public Future<Void> checkAddress(Webhook webhook, String at) {
    return egress
        .decide(URI.create(webhook.url()))
        .map(
            decision -> {
              if (decision instanceof EgressDecision.Refused refused) {
                log.warn("event=egress_refused at=webhook_submit reason=\"{}\"", refused.reason());
                throw new RequestProblem(
                    ProblemCode.EGRESS_REFUSED,
                    refused.message(),
                    List.of(new FieldError(at + "/url", refused.message())));
              }
              // A name that nobody knows here and now may be known when it is called.
              return null;
            });
  }

  public static RequestProblem noSecret(String name, String at) {
    return JsonBody.invalid(List.of(new FieldError(at + "/secret", missing(name))));
  }

  private static String missing(String name) {
    return "is \"%s\", and there is no such secret; PUT /v1/webhooks/secrets/%s makes it"
        .formatted(name, name);
  }

  private Future<Boolean> hasSecret(Tenant tenant, String name) {
    return secrets
        .find(tenant, name)
        .compose(
            found ->
                found.isEmpty() && name.equals(Webhook.DEFAULT_SECRET)
                    ? secrets
                        .findOrCreate(tenant, name, SigningKey.random(random).text())
                        .map(Optional::isPresent)
                    : Future.succeededFuture(found.isPresent()));
  }
}
