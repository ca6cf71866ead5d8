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
import java.util.ArrayList;
import java.util.List;

/** Reads the list of a batch: each line is a URL or a capture as JSON. */
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
      throw usage(file + " holds no page; each line must be a URL or a capture as a JSON object");
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
            + " looks like JSON but is not a JSON object; write a capture on one line, such as {\"url\":"
            + " \"https://example.com/\"}");
  }

  private String text(String file) {
    try {
      return terminal.readText(file);
    } catch (IOException e) {
      throw usage("cannot read " + FileErrors.message(file, e));
    }
  }

  private static CommandFailure usage(String line) {
    return new CommandFailure(ExitCode.USAGE, line);
  }
}
