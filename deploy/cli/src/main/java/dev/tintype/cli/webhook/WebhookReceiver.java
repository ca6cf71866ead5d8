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

/** Answers webhooks, and tells of each. */
final class WebhookReceiver implements HttpHandler {
  // A webhook is thin; whatever is longer is none.
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
  private final Runnable answered;

  /**
   * @param verifier empty if nothing is to be checked
   * @param forwardTo null if nothing is to be passed on
   * @param status for what is genuine
   * @param listener hears of each webhook before it is answered
   * @param answered hears of each answer
   */
  WebhookReceiver(
      Optional<WebhookVerifier> verifier,
      @Nullable URI forwardTo,
      int status,
      Consumer<Received> listener,
      Runnable answered) {
    this.verifier = verifier;
    this.forwardTo = forwardTo;
    this.status = status;
    this.listener = listener;
    this.answered = answered;
  }

  /**
   * A webhook that came.
   *
   * @param signature {@code genuine}, {@code unchecked}, or what is wrong
   * @param status what it is answered with
   * @param body a text if it is no JSON
   */
  record Received(String id, String signature, int status, JsonNode body) {
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
      answered.run();
    }
  }

  private Received receive(HttpExchange exchange, String id) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      // Read to its end: who still writes would not hear the answer.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      String why = "not checked: the body is longer than " + LONGEST_BODY + " bytes";
      return new Received(id, why, TOO_LARGE, JsonNodeFactory.instance.nullNode());
    }
    String signature = signature(exchange, body);
    int answer =
        signature.equals("genuine") || verifier.isEmpty() ? pass(exchange, body) : BAD_REQUEST;
    return new Received(id, signature, answer, parse(body));
  }

  private String signature(HttpExchange exchange, byte[] body) {
    if (verifier.isEmpty()) {
      return "unchecked";
    }
    try {
      verifier.get().verify(exchange.getRequestHeaders()::getFirst, body);
      return "genuine";
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
