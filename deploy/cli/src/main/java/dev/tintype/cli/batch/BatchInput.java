package dev.tintype.cli.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.Input;
import dev.tintype.cli.capture.PageInput;
import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.FileErrors;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Capture;
import dev.tintype.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the list of a batch: an address or a capture as JSON on each line. */
final class BatchInput {
  private final Terminal terminal;
  private final Capture shared;

  /**
   * @param shared what each capture has unless its own line says otherwise
   */
  BatchInput(Terminal terminal, Capture shared) {
    this.terminal = terminal;
    this.shared = shared;
  }

  /**
   * @param file {@code -} for standard input
   */
  List<BatchLine> read(String file) {
    List<BatchLine> lines = new ArrayList<>();
    int number = 0;
    for (String text : text(file).lines().map(String::strip).toList()) {
      number++;
      if (!text.isEmpty() && !text.startsWith("#")) {
        lines.add(new BatchLine(number, shared.with(capture(number, text))));
      }
    }
    if (lines.isEmpty()) {
      throw usage(file + " holds no page; give one address or one capture as JSON a line");
    }
    return lines;
  }

  private Capture capture(int number, String text) {
    if (!text.startsWith("{")) {
      return Capture.ofUrl(PageInput.withScheme(text));
    }
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      if (json instanceof ObjectNode body) {
        JsonNode url = body.path("url");
        Capture capture = Capture.of(body);
        return url.isTextual()
            ? capture.with(Input.URL, PageInput.withScheme(url.textValue()))
            : capture;
      }
    } catch (JsonProcessingException e) {
      // Answered below.
    }
    throw usage(
        "line "
            + number
            + " begins as JSON and is none; a capture is an object on one line, such as {\"url\":"
            + " \"https://example.com/\"}");
  }

  private String text(String file) {
    try {
      return new String(terminal.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw usage("cannot read " + FileErrors.reason(e));
    }
  }

  private static CommandFailure usage(String line) {
    return new CommandFailure(ExitCode.USAGE, line);
  }
}
