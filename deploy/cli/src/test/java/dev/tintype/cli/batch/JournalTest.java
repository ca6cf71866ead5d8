package dev.tintype.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full disk leaves of a journal; how it is used, the tests of the command show. */
class JournalTest {
  private static final ObjectNode ENTRY = JsonNodeFactory.instance.objectNode().put("key", "k1");

  @TempDir Path folder;
  private Path file;
  private Disk disk;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve(Journal.FILE);
    disk =
        new Disk(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  @Test
  void anEntryThatIsCutOffByAFullDiskSpoilsNoneThatFollows() throws IOException {
    Journal.append(disk, ENTRY);
    disk.room = 5;
    assertThatThrownBy(() -> Journal.append(disk, ENTRY)).hasMessage("No space left on device");
    disk.room = 1_000;
    Journal.append(disk, ENTRY);

    assertThat(Files.readAllLines(file)).containsExactly(ENTRY.toString(), ENTRY.toString());
  }

  @Test
  void nothingFollowsAHalfThatCannotBeTakenBack() throws IOException {
    Journal.append(disk, ENTRY);
    disk.room = 5;
    disk.isBroken = true;

    assertThatThrownBy(() -> Journal.append(disk, ENTRY)).hasMessage("No space left on device");
    disk.room = 1_000;
    assertThatThrownBy(() -> Journal.append(disk, ENTRY))
        .isInstanceOf(ClosedChannelException.class);

    assertThat(Files.readString(file)).isEqualTo(ENTRY + "\n" + "{\"key");
    Journal.open(folder).close();
    assertThat(file).hasContent(ENTRY + "\n");
  }

  /** A file on a disk that has so much room, and takes what fits before it fails. */
  private static final class Disk implements SeekableByteChannel {
    private final FileChannel file;
    int room = 1_000;
    boolean isBroken;

    Disk(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (room == 0) {
        throw new IOException("No space left on device");
      }
      int length = Math.min(room, bytes.remaining());
      int written = file.write(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + written);
      room -= written;
      return written;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      if (isBroken) {
        throw new IOException("Input/output error");
      }
      return file.truncate(size);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      return file.position(position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
