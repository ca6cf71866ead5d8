package dev.tintype.cli.command;

import java.io.BufferedInputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command has around it, beside the text streams, which picocli holds.
 *
 * @param in standard input
 * @param out standard output, for bytes
 * @param isInteractive whether a person watches standard error, so that a line may be redrawn
 * @param folder where relative file names begin
 */
public record Terminal(InputStream in, OutputStream out, boolean isInteractive, Path folder) {
  public static Terminal ofProcess() {
    return new Terminal(
        // Buffered, because the bare stream of JDK 17 seeks when it is read to its end: a pipe
        // cannot.
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        new FileOutputStream(FileDescriptor.out),
        isConsole() && errorIsDevice() && !"dumb".equals(System.getenv("TERM")),
        Path.of(""));
  }

  /**
   * The text of a file, without the byte order mark that some editors of Windows put before it.
   *
   * @param file {@code -} for standard input
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  public String readText(String file) throws IOException {
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read(file))).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The content of a file.
   *
   * @param file {@code -} for standard input
   */
  public byte[] read(String file) throws IOException {
    return file.equals("-") ? in.readAllBytes() : Files.readAllBytes(folder.resolve(file));
  }

  @SuppressWarnings("SystemConsoleNull") // Not relied upon where it would mislead; see below.
  static boolean isConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22 there may be a console without a terminal, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The console speaks for input and output only; {@code 2>log} must not fill with spinners. */
  private static boolean errorIsDevice() {
    try {
      Path target = Path.of("/dev/stderr").toRealPath();
      return target.startsWith("/dev") && !target.equals(Path.of("/dev/null"));
    } catch (IOException e) {
      return false;
    }
  }
}
