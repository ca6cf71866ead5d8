package dev.tintype.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of one answer into a new file, beside the place where the whole of it is to be.
 * Each exchange needs its own: one that was given up may write for a while yet.
 */
final class PartFile implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
  private static final byte[] NOTHING = {};

  private final Path file;
  private final FileChannel channel;
  private final CompletableFuture<byte[]> end = new CompletableFuture<>();
  private volatile Flow.@Nullable Subscription subscription;

  private PartFile(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Opens one.
   *
   * @throws IOException if the folder of the place cannot be written to
   */
  static PartFile of(Path place) throws IOException {
    // Made as any file is, unlike temporary ones, which their owner alone may read.
    long unique = UUID.randomUUID().getMostSignificantBits() >>> 1;
    return new PartFile(place.resolveSibling("." + place.getFileName() + "." + unique + ".part"));
  }

  /** Puts what came in into its place, as a whole. */
  void moveTo(Path place) throws IOException {
    Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes it, unless it was moved. Who still writes to it fails. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  /** An error response is kept in memory, to be read. */
  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo info) {
    return info.statusCode() == 200 ? this : BodySubscribers.ofByteArray();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    // A piece is written before the next one is given.
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    try {
      for (ByteBuffer piece : pieces) {
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
    } catch (IOException e) {
      var rest = subscription;
      if (rest != null) {
        rest.cancel();
      }
      fail(e);
    }
  }

  @Override
  public void onError(Throwable lost) {
    end.completeExceptionally(lost);
  }

  @Override
  public void onComplete() {
    try {
      channel.close();
      end.complete(NOTHING);
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Unchecked, because an {@link IOException} is one of the way, and is tried again. */
  private void fail(IOException failure) {
    end.completeExceptionally(new UncheckedIOException(failure));
  }
}
