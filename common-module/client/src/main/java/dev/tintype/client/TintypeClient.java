package dev.tintype.client;

import dev.tintype.job.JobId;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Speaks with one API: submits captures, waits for them, lists them, fetches their images.
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
    return job(exchanges.retrying(request, Download.TRANSFER));
  }

  /** The job as it is now. */
  public RemoteJob job(JobId id) {
    return job(exchanges.retrying(exchanges.request(path(id)).build(), Exchanges.SHORT));
  }

  /**
   * The jobs of a query, the newest first. They are asked for page by page while the stream is
   * read, so that whoever stops early has not asked for all; each page can throw as any call does.
   */
  public Stream<RemoteJob> jobs(JobQuery query) {
    Iterator<RemoteJob> pages = new JobPages(exchanges, query);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, 0), false);
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
    listener.known(known);
    Function<Answer, RemoteJob> reading =
        answer -> {
          RemoteJob job = exchanges.job(answer);
          listener.known(job);
          return job;
        };
    RemoteJob last =
        new EndWatch<>(
                exchanges, path(known.id()), limit, reading, RemoteJob::isFinal, listener::trouble)
            .await(known);
    if (!last.isFinal()) {
      throw new StillOpenException(last, limit);
    }
    return last;
  }

  /**
   * Tells everything that happens to a job, from its beginning to its end, as it happens: by
   * streams that end before anything on the way cuts them, and go on where they ended.
   *
   * @param limit how long at most, its time in the queue included
   * @return the last event, of which {@code TimelineEntry.Event} says how the job has ended
   * @throws StillOpenException if it is not over by then; the job goes on
   */
  public RemoteEvent events(JobId id, Duration limit, EventListener listener) {
    return new EventWatch(exchanges, path(id) + "/events", limit, listener, RemoteEvent::isLast)
        .follow()
        .orElseThrow(() -> new StillOpenException(job(id), limit));
  }

  /**
   * Tells what happens to all jobs from now on, and returns when the time is over. Should the way
   * to the server be lost for so long that something may have been missed, an event of the name
   * {@code missed} says so.
   *
   * @param limit how long
   */
  public void events(Duration limit, EventListener listener) {
    new EventWatch(exchanges, "/v1/events", limit, listener, event -> false).follow();
  }

  /** The first image of a job that has succeeded. */
  public byte[] image(JobId id) {
    return download(path(id) + "/image").bytes();
  }

  /**
   * One of the images of a job that has succeeded.
   *
   * @param name as in {@link RemoteJob#images}
   */
  public byte[] image(JobId id, String name) {
    return download(path(id, name)).bytes();
  }

  /**
   * Saves the first image of a job that has succeeded, without holding it in memory. An existing
   * file is replaced, and never has half an image.
   *
   * @throws IOException if the file cannot be written
   */
  public void image(JobId id, Path file) throws IOException {
    download(path(id) + "/image").saveAs(file);
  }

  /**
   * Saves one of the images of a job that has succeeded, as {@link #image(JobId, Path)}.
   *
   * @param name as in {@link RemoteJob#images}
   * @throws IOException if the file cannot be written
   */
  public void image(JobId id, String name, Path file) throws IOException {
    download(path(id, name)).saveAs(file);
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

  /** Deletes a job and its images. A running job is cancelled. */
  public void delete(JobId id) {
    HttpRequest request = exchanges.request(path(id)).DELETE().build();
    Answer answer = Answer.of(exchanges.retrying(request, Exchanges.SHORT));
    if (!answer.isSuccess()) {
      throw new ProblemException(server(), answer);
    }
  }

  /** The batches of the same server. */
  public RemoteBatches batches() {
    return new RemoteBatches(exchanges);
  }

  /** The webhooks of the same server. */
  public RemoteWebhooks webhooks() {
    return new RemoteWebhooks(exchanges);
  }

  private Download download(String path) {
    return new Download(exchanges, path, Download.TRANSFER);
  }

  private RemoteJob job(HttpResponse<byte[]> response) {
    return exchanges.job(Answer.of(response));
  }

  private static String path(JobId id) {
    return "/v1/jobs/" + id;
  }

  private static String path(JobId id, String image) {
    return path(id) + "/images/" + URLEncoder.encode(image, StandardCharsets.UTF_8);
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
