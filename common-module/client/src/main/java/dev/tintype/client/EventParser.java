package dev.tintype.client;

import java.time.Duration;
import java.util.Optional;

/**
 * Reads one stream of server-sent events line by line, as WHATWG HTML, section 9.2.6, has it. What
 * the end of the stream has cut off counts as never sent.
 */
final class EventParser {
  private String lastId;
  private String nextId;
  private String name = "";
  private final StringBuilder data = new StringBuilder();
  private boolean begun;
  private Duration retry;

  /**
   * @param lastId of the stream before; empty if there was none
   * @param retry when to ask again unless the server says it
   */
  EventParser(String lastId, Duration retry) {
    this.lastId = lastId;
    this.nextId = lastId;
    this.retry = retry;
  }

  /** From where the next stream goes on; empty for its beginning. */
  String lastId() {
    return lastId;
  }

  /** After which rest the next stream may be asked for. */
  Duration retry() {
    return retry;
  }

  /** The event that a line, without its end, completes. */
  Optional<RemoteEvent> line(String line) {
    String text = begun || !line.startsWith("\uFEFF") ? line : line.substring(1);
    begun = true;
    if (text.isEmpty()) {
      return complete();
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    set(field, value.startsWith(" ") ? value.substring(1) : value);
    return Optional.empty();
  }

  /** A comment is a field without a name, and unknown as others are. */
  private void set(String field, String value) {
    switch (field) {
      case "id" -> nextId = value.indexOf('\0') < 0 ? value : nextId;
      case "event" -> name = value;
      case "data" -> data.append(value).append('\n');
      case "retry" ->
          retry = value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
      default -> {}
    }
  }

  /** Data that is not JSON does not come from Tintype. */
  private Optional<RemoteEvent> complete() {
    lastId = nextId;
    var event =
        new RemoteEvent(lastId, name.isEmpty() ? "message" : name, Answer.parse(data.toString()));
    data.setLength(0);
    name = "";
    return Optional.of(event).filter(one -> !one.json().isMissingNode());
  }
}
