package dev.tintype.cli;

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
 * Runs client commands against a server of its own on loopback, so that their classes are loaded:
 * {@code bin/tintype} has the JVM archive these classes, and later commands start faster.
 */
final class Rehearsal {
  private static final String ID = "0".repeat(26);

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
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
          {"get", ID, "-o", "-", "--server", address},
          {"list", "--server", address},
          {"cancel", ID, "--server", address},
          {"shot", "example.com", "--dry-run"},
        }) {
      CommandLine line = Program.commandLine(Map.of(), Program.withClient(List.of()));
      line.setOut(new PrintWriter(Writer.nullWriter()))
          .setErr(new PrintWriter(Writer.nullWriter()));
      line.execute(command);
    }
    server.stop(0);
    // In the way of the real program, for the classes of the way there.
    Program.run(List.of(), "status", "--help");
  }
}
