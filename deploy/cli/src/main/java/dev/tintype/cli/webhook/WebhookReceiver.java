package dev.tintype.cli.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tintype.cli.command.Visible;
import dev.tintype.json.Json;
import dev.tintype.webhook.InvalidWebhookException;
import dev.tintype.webhook.WebhookVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers webhooks and reports each. */
final class WebhookReceiver implements HttpHandler {
  // Webhooks are thin: the API sends a few kilobytes.
  private static final String GENUINE = "genuine";
  private static final String UNCHECKED = "unchecked";
  private static final int LONGEST_BODY = 1 << 20;
  private static final Duration FORWARD = Duration.ofSeconds(15);
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int BAD_GATEWAY = 502;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(FORWARD).build();
  private final Optional<WebhookVerifier> verifier;
  private final @Nullable URI forwardTo;
  private final int status;
  private final Consumer<Received> listener;
  private final Consumer<Received> answered;

  /**
   * @param verifier empty to skip the check of signatures
   * @param forwardTo null to forward nothing
   * @param status answer to a genuine webhook
   * @param listener is called with each webhook, before it is answered
   * @param answered is called with each webhook, after it was answered
   */
  WebhookReceiver(
      Optional<WebhookVerifier> verifier,
      @Nullable URI forwardTo,
      int status,
      Consumer<Received> listener,
      Consumer<Received> answered) {
    this.verifier = verifier;
    this.forwardTo = forwardTo;
    this.status = status;
    this.listener = listener;
    this.answered = answered;
  }

  /**
   * A webhook as it was received.
   *
   * @param signature {@code genuine}, {@code unchecked}, or the reason for the refusal
   * @param status of the answer
   * @param body a text node if the body is not JSON
   */
  record Received(String id, String signature, int status, JsonNode body) {
    /** Whether it is genuine, as far as that was checked. */
    boolean isAccepted() {
      return signature.equals(GENUINE) || signature.equals(UNCHECKED);
    }

    String text() {
      String head =
          "%s %s, signature %s, answered %d"
              .formatted(body.path("type").asText("no type"), id, signature, status);
      return Visible.line(head) + "\n" + body.toPrettyString();
    }

    String json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("id", id)
          .put("signature", signature)
          .put("status", status)
          .set("body", body)
          .toString();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
        return;
      }
      String id =
          Objects.requireNonNullElse(
              exchange.getRequestHeaders().getFirst(WebhookVerifier.ID), "without id");
      Received webhook = receive(exchange, id);
      listener.accept(webhook);
      exchange.sendResponseHeaders(webhook.status, -1);
      answered.accept(webhook);
    }
  }

  private Received receive(HttpExchange exchange, String id) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      // Read to the end: a sender that is still writing would not read the answer.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      String why = "not checked: the body is longer than " + LONGEST_BODY + " bytes";
      return new Received(id, why, TOO_LARGE, JsonNodeFactory.instance.nullNode());
    }
    String signature = signature(exchange, body);
    int answer =
        signature.equals(GENUINE) || verifier.isEmpty() ? pass(exchange, body) : BAD_REQUEST;
    return new Received(id, signature, answer, parse(body));
  }

  private String signature(HttpExchange exchange, byte[] body) {
    if (verifier.isEmpty()) {
      return UNCHECKED;
    }
    try {
      verifier.get().verify(exchange.getRequestHeaders()::getFirst, body);
      return GENUINE;
    } catch (InvalidWebhookException e) {
      return "not genuine: " + e.getMessage();
    }
  }

  private int pass(HttpExchange exchange, byte[] body) throws IOException {
    if (forwardTo == null) {
      return status;
    }
    var request = HttpRequest.newBuilder(forwardTo).timeout(FORWARD);
    for (String name :
        List.of(
            "Content-Type",
            WebhookVerifier.ID,
            WebhookVerifier.TIMESTAMP,
            WebhookVerifier.SIGNATURE)) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client
          .send(request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return BAD_GATEWAY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return BAD_GATEWAY;
    }
  }

  private static JsonNode parse(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}
