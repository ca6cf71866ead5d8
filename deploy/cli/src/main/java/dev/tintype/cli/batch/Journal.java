package dev.tintype.cli.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What has happened to the pages of a batch, one JSON object a line, in a file of their folder.
 *
 * <p>The first line names the batch. A page's key is made of that name, its capture, and how many
 * equal captures stand before it: the same list gives the same keys, and the server makes one job
 * of each however often it is submitted. Keys and file names are on the disk before the first
 * submission; what follows is only ever appended, so that a process may end anywhere. Thread-safe.
 */
public final class Journal implements AutoCloseable {
  /** Its name in the folder. Without it, a batch starts again from the beginning. */
  public static final String FILE = ".tintype-batch.ndjson";

  private final FileChannel channel;
  private final String batch;
  private final PageNames names;
  private final Map<String, String> nameOf = new HashMap<>();
  private final Map<String, Standing> standingOf = new HashMap<>();

  private Journal(Path folder, FileChannel channel) throws IOException {
    this.channel = channel;
    this.names = PageNames.in(folder);
    List<JsonNode> entries = entries();
    boolean isNew = entries.isEmpty();
    this.batch = isNew ? UUID.randomUUID().toString() : entries.get(0).path("batch").asText();
    entries.forEach(this::remember);
    if (isNew) {
      append(JsonNodeFactory.instance.objectNode().put("batch", batch));
    }
  }

  /**
   * Opens the journal of a folder, or begins one. Nobody else can, until it is closed or the
   * process ends.
   *
   * @throws FolderInUseException if somebody else has it open
   */
  public static Journal open(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!isMine(channel)) {
        throw new FolderInUseException(folder);
      }
      var journal = new Journal(folder, channel);
      journal.sweep(folder);
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The pages of a list; those that are new have their keys and names written down. */
  public synchronized List<BatchPage> plan(List<BatchLine> lines) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    List<BatchPage> pages = new ArrayList<>();
    for (BatchLine line : lines) {
      String body = line.capture().toString();
      String key = key(body, seen.merge(body, 1, Integer::sum));
      String known = nameOf.get(key);
      var page = new BatchPage(line.number(), line.capture(), key, known == null ? "" : known);
      if (known == null) {
        page = new BatchPage(page.line(), page.capture(), key, names.next(page.title()));
        nameOf.put(key, page.name());
        append(entry(page).put("name", page.name()).put("page", page.title()));
      }
      pages.add(page);
    }
    // Once, before anything is sent: from here on the death of the process costs nothing, and that
    // of the machine at most a question that is asked again.
    channel.force(false);
    return pages;
  }

  public synchronized Standing standing(BatchPage page) {
    return standingOf.getOrDefault(page.key(), Standing.UNTOUCHED);
  }

  void submitted(BatchPage page, JobId job) throws IOException {
    note(entry(page).put("job", job.value()));
  }

  void saved(BatchPage page, String file) throws IOException {
    note(entry(page).put("file", file));
  }

  /** Its job ended without an image, or the server deleted it. */
  void ended(BatchPage page, String state) throws IOException {
    note(entry(page).put("ended", state));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private synchronized void note(ObjectNode entry) throws IOException {
    append(entry);
    remember(entry);
  }

  private void remember(JsonNode entry) {
    String key = entry.path("key").asText();
    if (entry.has("name")) {
      nameOf.put(key, entry.path("name").asText());
      names.take(entry.path("name").asText());
      return;
    }
    Standing before = standingOf.getOrDefault(key, Standing.UNTOUCHED);
    if (entry.has("job")) {
      var job = new JobId(entry.path("job").asText());
      standingOf.put(key, new Standing(job, null, before.rounds(), false));
    } else if (entry.has("file")) {
      String file = entry.path("file").asText();
      standingOf.put(key, new Standing(before.job(), file, before.rounds(), false));
    } else if (entry.has("ended")) {
      boolean isFault = !entry.path("ended").asText().equals(BatchRun.LOST);
      standingOf.put(key, new Standing(null, null, before.rounds() + 1, isFault));
    }
  }

  private void append(ObjectNode entry) throws IOException {
    append(channel, entry);
  }

  /** All of an entry or nothing: on a full disk half a line would spoil the one that follows. */
  static void append(SeekableByteChannel channel, ObjectNode entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8));
    long begin = channel.position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      takeBack(channel, begin, e);
      throw e;
    }
  }

  private static void takeBack(SeekableByteChannel channel, long begin, IOException failure)
      throws IOException {
    try {
      channel.truncate(begin);
    } catch (IOException e) {
      failure.addSuppressed(e);
      // So that nothing follows; whoever opens it next takes the half away.
      channel.close();
    }
  }

  /** What is there; a last line that was cut off is taken away. */
  private List<JsonNode> entries() throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // On until all is there.
    }
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    List<JsonNode> entries = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      entries.add(parse(line));
    }
    return entries;
  }

  private static JsonNode parse(String line) throws IOException {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(FILE + " is damaged; remove it to begin anew", e);
    }
  }

  /** Takes away the halves of images that a killed process has left. */
  private void sweep(Path folder) throws IOException {
    try (var parts = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path part : parts) {
        String file = part.getFileName().toString().substring(1);
        if (nameOf.containsValue(file.replaceFirst("\\.(png|jpg|webp)\\.\\d+\\.part$", ""))) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static boolean isMine(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static ObjectNode entry(BatchPage page) {
    return JsonNodeFactory.instance.objectNode().put("key", page.key());
  }

  private String key(String body, int occurrence) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((batch + " " + occurrence + " " + body).getBytes(StandardCharsets.UTF_8));
      return "batch-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
