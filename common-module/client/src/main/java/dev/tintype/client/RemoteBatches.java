package dev.tintype.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tintype.job.BatchId;
import dev.tintype.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of a server. Blocks, repeats and fails as {@link TintypeClient} does. Thread-safe.
 */
public final class RemoteBatches {
  // A thousand images of a megabyte at 20 Mbit/s.
  private static final Duration ARCHIVE_TRANSFER = Duration.ofMinutes(10);

  private final Exchanges exchanges;

  RemoteBatches(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * Makes a batch, or finds the one that was made of the same captures under the same key.
   *
   * @param idempotencyKey as in {@link TintypeClient#submit(Capture, String)}
   */
  public RemoteBatch submit(CaptureBatch batch, String idempotencyKey) {
    HttpRequest request =
        exchanges
            .request("/v1/batches")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(batch.toString()))
            .build();
    return batch(exchanges.retrying(request, Download.TRANSFER));
  }

  /** The batch as it is now. */
  public RemoteBatch batch(BatchId id) {
    return batch(exchanges.retrying(exchanges.request(path(id)).build(), Exchanges.SHORT));
  }

  /**
   * Waits until the last job of a batch has ended, through restarts of the server and past proxies
   * that give up early.
   *
   * @param limit how long at most, from its first answer on
   * @return the batch, which is open if the time was over before
   */
  public RemoteBatch await(BatchId id, Duration limit) {
    RemoteBatch known = batch(id);
    return new EndWatch<>(
            exchanges, path(id), limit, this::batch, RemoteBatch::isFinished, trouble -> {})
        .await(known);
  }

  /**
   * What became of each capture by now, in their order. One that the server no longer keeps has an
   * id and no state.
   */
  public List<RemoteJob> results(BatchId id) {
    byte[] lines = new Download(exchanges, path(id) + "/results", Download.TRANSFER).bytes();
    List<RemoteJob> results = new ArrayList<>();
    for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
      try {
        results.add(new RemoteJob(Json.MAPPER.readTree(line)));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new ProblemException(
            exchanges.server(), new Answer(200, MissingNode.getInstance(), Duration.ZERO));
      }
    }
    return results;
  }

  /**
   * Saves all images of a batch that has finished, as one zip file.
   *
   * @throws IOException if the file cannot be written
   */
  public void images(BatchId id, Path file) throws IOException {
    new Download(exchanges, path(id) + "/images.zip", ARCHIVE_TRANSFER).saveAs(file);
  }

  /** Ends those of its jobs that have not ended. */
  public RemoteBatch cancel(BatchId id) {
    HttpRequest request =
        exchanges.request(path(id) + "/cancel").POST(BodyPublishers.noBody()).build();
    return batch(exchanges.retrying(request, Exchanges.SHORT));
  }

  private RemoteBatch batch(HttpResponse<byte[]> response) {
    return batch(Answer.of(response));
  }

  private RemoteBatch batch(Answer answer) {
    if (!answer.isSuccess() || !RemoteBatch.isBatch(answer.json())) {
      throw new ProblemException(exchanges.server(), answer);
    }
    return new RemoteBatch(answer.json());
  }

  private static String path(BatchId id) {
    return "/v1/batches/" + id;
  }
}
