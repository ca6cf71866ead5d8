package dev.tintype.server;

import com.sun.net.httpserver.HttpServer;
import dev.tintype.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs client commands against a server of its own, so that their classes are loaded: {@code
 * bin/tintype} keeps them in an archive, from which the next command starts faster. Touches nothing
 * but loopback.
 */
final class Rehearsal {
  private static final String ID = "0".repeat(26);

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] job =
        Json.write(Map.of("id", ID, "state", "succeeded", "timeline", List.of(Map.of("at", ""))))
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, job.length);
          exchange.getResponseBody().write(job);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    for (String[] command :
        new String[][] {
          {"--help"},
          {"status", ID, "--server", address},
          {"submit", "example.com", "--server", address},
          {"wait", ID, "--server", address},
          {"shot", "example.com", "--dry-run"},
        }) {
      CommandLine line = Tintype.commandLine(Map.of());
      line.setOut(new PrintWriter(Writer.nullWriter()))
          .setErr(new PrintWriter(Writer.nullWriter()));
      line.execute(command);
    }
    server.stop(0);
  }
}
