package dev.tintype.cli.job;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.RemoteImage;
import dev.tintype.client.RemoteJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an image goes. A file that was named is replaced, as it was asked for; a name that is made
 * up here never hits an existing file.
 */
public final class ImageTarget {
  static final String STANDARD_OUTPUT = "-";

  private final Terminal terminal;
  private final @Nullable String output;

  /**
   * @param output file, folder or {@code -}; null makes up a name in the current folder
   */
  ImageTarget(Terminal terminal, @Nullable String output) {
    this.terminal = terminal;
    this.output = output;
  }

  /** Refuses what cannot end well, before anything is asked of the server. */
  public void check(boolean json) {
    if (isStandardOutput()) {
      if (json) {
        throw usage("--json and -o - would both write to standard output; leave one of them out");
      }
      return;
    }
    Path file = path();
    Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw usage("-o: the folder " + folder + " does not exist");
    }
    if (!Files.isWritable(folder) && !isSpecial(file)) {
      throw usage("-o: the folder " + folder + " cannot be written to");
    }
  }

  /** The format that the name of the file asks for. */
  public Optional<ImageType> format() {
    if (output == null) {
      return Optional.empty();
    }
    String name = output.toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return Optional.of(ImageType.PNG);
    }
    if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
      return Optional.of(ImageType.JPEG);
    }
    return name.endsWith(".webp") ? Optional.of(ImageType.WEBP) : Optional.empty();
  }

  /** Writes an image of a job, and says where it is. */
  String save(byte[] bytes, RemoteJob job, RemoteImage image) {
    try {
      if (isStandardOutput()) {
        terminal.out().write(bytes);
        terminal.out().flush();
        return "standard output";
      }
      Path file = path();
      return Files.isDirectory(file)
          ? saveAsNew(bytes, file, stem(job, image), image.extension())
          : saveAs(bytes, file);
    } catch (IOException e) {
      throw usage("-o: cannot write " + FileErrors.message(shown(), e));
    }
  }

  private String saveAs(byte[] image, Path file) throws IOException {
    if (isSpecial(file)) {
      // /dev/null is to be written to, not to be replaced.
      Files.write(file, image, StandardOpenOption.WRITE);
      return file.toString();
    }
    // What a link points to is replaced, not the link.
    Path place = Files.exists(file) ? file.toRealPath() : file;
    replace(place, image);
    return file.toString();
  }

  private String saveAsNew(byte[] image, Path folder, String stem, String extension)
      throws IOException {
    for (int number = 1; ; number++) {
      Path file = folder.resolve(stem + (number == 1 ? "" : "-" + number) + extension);
      try {
        Files.write(file, image, StandardOpenOption.CREATE_NEW);
        return file.toString();
      } catch (FileAlreadyExistsException e) {
        // The next number, then.
      }
    }
  }

  /** Written beside its place and then moved, so that nobody ever reads half an image. */
  private static void replace(Path place, byte[] image) throws IOException {
    Path part =
        place.resolveSibling("." + place.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(part, image);
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private String shown() {
    return isStandardOutput() ? "standard output" : path().toString();
  }

  private Path path() {
    return output == null ? terminal.folder() : terminal.folder().resolve(output);
  }

  private boolean isStandardOutput() {
    return STANDARD_OUTPUT.equals(output);
  }

  private static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  private static String stem(RemoteJob job, RemoteImage image) {
    boolean isFirst = image.name().equals(job.images().get(0).name());
    return stem(job) + (isFirst ? "" : "-" + image.name());
  }

  private static String stem(RemoteJob job) {
    try {
      String host = URI.create(job.text("/url")).getHost();
      return host == null ? job.id().value() : host.replaceAll("[\\[\\]:]", "_");
    } catch (IllegalArgumentException e) {
      return job.id().value();
    }
  }

  private static CommandFailure usage(String line) {
    return new CommandFailure(ExitCode.USAGE, line);
  }
}
