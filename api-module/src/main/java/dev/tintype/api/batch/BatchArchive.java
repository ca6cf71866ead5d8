package dev.tintype.api.batch;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.image.EachPart;
import dev.tintype.image.ImageStore;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.Job;
import dev.tintype.queue.BatchStore.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip file that is made while it is sent: each step waits until the client has taken what the one
 * before has made, so that a slow reader holds one part of one image. Confined to its event loop.
 */
public final class BatchArchive {
  private final HttpServerResponse response;
  private final ImageStore images;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(made);
  private long sent;

  public BatchArchive(HttpServerResponse response, ImageStore images) {
    this.response = response;
    this.images = images;
    // Images are compressed already; it is the file around them that is wanted.
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  /** Begins the next file, and ends the one before. */
  Future<Void> begin(String name, @Nullable Instant modifiedAt) {
    var entry = new ZipEntry(name);
    entry.setLastModifiedTime(FileTime.from(Objects.requireNonNullElse(modifiedAt, Instant.EPOCH)));
    return step(() -> zip.putNextEntry(entry));
  }

  /** The next bytes of the file. */
  Future<Void> write(Buffer bytes) {
    return step(() -> zip.write(bytes.getBytes()));
  }

  /** The images of those that have one that is still kept, each as a file. */
  Future<Void> addImages(int from, List<Member> page) {
    Future<Void> added = Future.succeededFuture();
    for (int i = 0; i < page.size(); i++) {
      Job job = page.get(i).job().orElse(null);
      if (job != null && job.result() != null) {
        int place = from + i;
        for (Image image : job.result().images()) {
          String name = name(place, job, image);
          added = added.compose(next -> addImage(image, name, job.finishedAt()));
        }
      }
    }
    return added;
  }

  private Future<Void> addImage(Image image, String name, @Nullable Instant modifiedAt) {
    return images
        .open(image.key())
        .compose(
            stored ->
                stored.isEmpty()
                    ? Future.succeededFuture()
                    : begin(name, modifiedAt)
                        .compose(begun -> EachPart.of(stored.get().content(), this::write))
                        .onSuccess(whole -> sent++));
  }

  /** How many were added. */
  long images() {
    return sent;
  }

  static RequestProblem gone() {
    return new RequestProblem(
        ProblemCode.IMAGE_GONE,
        "an image was deleted while the archive was sent; request the archive again");
  }

  Future<Void> end() {
    return step(zip::finish).compose(finished -> response.end());
  }

  /** Its place, so that files lie in the order of the captures, and where it was taken. */
  private static String name(int index, Job job, Image image) {
    String url = job.url();
    String page = "page";
    if (url != null) {
      URI address = URI.create(url);
      String words =
          (address.getRawAuthority() + Objects.requireNonNullElse(address.getRawPath(), ""))
              .replaceAll("[^A-Za-z0-9.]+", "-")
              .replaceAll("^[-.]+|[-.]+$", "");
      page = words.substring(0, Math.min(words.length(), 80));
    }
    boolean isFirst = image.equals(Objects.requireNonNull(job.result()).image());
    return "%04d-%s%s.%s"
        .formatted(index + 1, page, isFirst ? "" : "-" + image.name(), image.type());
  }

  private Future<Void> step(Making making) {
    try {
      making.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is written to memory
    }
    Buffer bytes = Buffer.buffer(made.toByteArray());
    made.reset();
    return bytes.length() == 0 ? Future.succeededFuture() : response.write(bytes);
  }

  private interface Making {
    void run() throws IOException;
  }
}
