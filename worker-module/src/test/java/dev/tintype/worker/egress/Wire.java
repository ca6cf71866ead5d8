package dev.tintype.worker.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** HTTP by hand, for what a well-behaved client does not send or show. */
final class Wire {
  private Wire() {}

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Lines up to the empty one. */
  static List<String> readLines(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  record Answer(int status, String body) {
    /** An answer that is followed by something else than a body. */
    static Answer readHead(BufferedReader in) throws IOException {
      return new Answer(status(readLines(in)), "");
    }

    static Answer read(BufferedReader in) throws IOException {
      List<String> lines = readLines(in);
      int length = 0;
      for (String line : lines) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      char[] body = new char[length];
      int read = 0;
      while (read < length) {
        int more = in.read(body, read, length - read);
        assertThat(more).as("the answer has " + length + " bytes").isPositive();
        read += more;
      }
      return new Answer(status(lines), new String(body));
    }

    private static int status(List<String> head) {
      assertThat(head).as("lines of an answer").isNotEmpty();
      return Integer.parseInt(head.get(0).substring(9, 12));
    }
  }
}
