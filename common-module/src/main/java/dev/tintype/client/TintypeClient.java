package dev.tintype.client;

import dev.tintype.job.JobId;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Speaks with one API: submits captures, waits for them, fetches their images.
 *
 * <p>Every call blocks its thread, and ends: each exchange has a timeout and each repetition a
 * bound, by {@link Pacing}. What may be lost on the way (the connection, or an answer of 429, 502,
 * 503 or 504) is sent again, after the rest that the server asks for; a submission always under one
 * idempotency key, so that it makes one job.
 *
 * <p>Every call throws {@link ProblemException} if the answer is a refusal, {@link
 * ServerAwayException} if there is none, and {@link InterruptedCallException} if its thread is
 * interrupted.
 *
 * <p>Thread-safe, made to be shared, and without anything to close: its threads are daemons and end
 * with it.
 */
public final class TintypeClient {
  // A page of 5 MiB, or a very long image, at 2 Mbit/s.
  private static final Duration TRANSFER = Duration.ofMinutes(5);
  private static final byte[] NOTHING = {};

  private final Exchanges exchanges;

  private TintypeClient(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * A client with all defaults.
   *
   * @param server such as {@code https://shots.example} or {@code 127.0.0.1:8080}
   * @throws IllegalArgumentException if it is no address of a server
   */
  public static TintypeClient of(String server) {
    return builder().server(ServerAddress.parse(server)).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public ServerAddress server() {
    return exchanges.server();
  }

  /** Makes one job, however often it has to be sent. */
  public RemoteJob submit(Capture capture) {
    return submit(capture, UUID.randomUUID().toString());
  }

  /**
   * Makes one job, or finds the one that was made of the same capture under the same key.
   *
   * @param idempotencyKey the caller's own name for this submission, kept by the server for 24 h;
   *     who stores it beforehand can submit again after a crash
   */
  public RemoteJob submit(Capture capture, String idempotencyKey) {
    HttpRequest request =
        exchanges
            .request("/v1/jobs")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(capture.toString()))
            .build();
    return job(exchanges.retrying(request, TRANSFER));
  }

  /** The job as it is now. */
  public RemoteJob job(JobId id) {
    return job(exchanges.retrying(exchanges.request(path(id)).build(), Exchanges.SHORT));
  }

  /**
   * Waits until a job is over, through restarts of the server and past proxies that give up early.
   *
   * @param limit how long at most, its time in the queue included
   * @throws StillOpenException if it is not over by then; the job goes on
   */
  public RemoteJob await(JobId id, Duration limit) {
    return await(job(id), limit, WaitListener.NONE);
  }

  /**
   * Waits until a job is over.
   *
   * @param known as it was when it was last heard of
   * @param limit how long at most, its time in the queue included
   * @param listener hears how it goes
   * @throws StillOpenException if it is not over by then; the job goes on
   */
  public RemoteJob await(RemoteJob known, Duration limit, WaitListener listener) {
    return new JobWatch(exchanges, listener, limit).await(known);
  }

  /** The image of a job that has succeeded. */
  public byte[] image(JobId id) {
    return image(id, BodyHandlers.ofByteArray()).body();
  }

  /**
   * Saves the image of a job that has succeeded, without holding it in memory. A file of that name
   * is replaced, and nobody ever sees half an image.
   *
   * @throws IOException if the file cannot be written
   */
  public void image(JobId id, Path file) throws IOException {
    Path place = file.toAbsolutePath();
    Path folder = place.getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file");
    }
    // Made as any file is, unlike temporary ones, which their owner alone may read.
    long unique = UUID.randomUUID().getMostSignificantBits() >>> 1;
    Path part = folder.resolve("." + place.getFileName() + "." + unique + ".part");
    try {
      image(
          id,
          info ->
              info.statusCode() == 200
                  ? BodySubscribers.mapping(BodySubscribers.ofFile(part), saved -> NOTHING)
                  : BodySubscribers.ofByteArray());
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Ends a job that is scheduled, queued or running; one that is cancelled already stays so. A job
   * that has ended otherwise is a {@link ProblemException} with the code {@code job_finished}.
   */
  public RemoteJob cancel(JobId id) {
    HttpRequest request =
        exchanges.request(path(id) + "/cancel").POST(BodyPublishers.noBody()).build();
    return job(exchanges.retrying(request, Exchanges.SHORT));
  }

  /** Has a job and its image forgotten; one that runs is ended. */
  public void delete(JobId id) {
    HttpRequest request = exchanges.request(path(id)).DELETE().build();
    Answer answer = Answer.of(exchanges.retrying(request, Exchanges.SHORT));
    if (!answer.isSuccess()) {
      throw new ProblemException(server(), answer);
    }
  }

  /** The webhooks of the same server. */
  public RemoteWebhooks webhooks() {
    return new RemoteWebhooks(exchanges);
  }

  private HttpResponse<byte[]> image(JobId id, BodyHandler<byte[]> handler) {
    HttpRequest request = exchanges.request(path(id) + "/image").build();
    HttpResponse<byte[]> response = exchanges.retrying(request, handler, TRANSFER);
    if (response.statusCode() != 200) {
      throw new ProblemException(server(), Answer.of(response));
    }
    return response;
  }

  private RemoteJob job(HttpResponse<byte[]> response) {
    return exchanges.job(Answer.of(response));
  }

  private static String path(JobId id) {
    return "/v1/jobs/" + id;
  }

  /** Collects what a client is made of. */
  public static final class Builder {
    private final Map<String, String> headers = new HashMap<>();
    private ServerAddress server = ServerAddress.DEFAULT;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Pacing pacing = Pacing.DEFAULT.withContactTries(Pacing.PERSISTENT);

    private Builder() {}

    /** Default: {@link ServerAddress#DEFAULT}. */
    public Builder server(ServerAddress server) {
      this.server = server;
      return this;
    }

    /** Sent as {@code Authorization: Bearer}; for a proxy that asks for it, or a later server. */
    public Builder apiKey(String key) {
      return header("Authorization", "Bearer " + key);
    }

    /** A header of every request, such as the one that names a tenant. */
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** Default: 5 s. */
    public Builder connectTimeout(Duration time) {
      this.connectTimeout = time;
      return this;
    }

    /** How often and how long the server is asked. Default: a restart of a minute is outlived. */
    public Builder pacing(Pacing pacing) {
      this.pacing = pacing;
      return this;
    }

    public TintypeClient build() {
      return new TintypeClient(new Exchanges(server, headers, connectTimeout, pacing));
    }
  }
}
