package dev.tintype.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.cli.command.TextTable;
import dev.tintype.client.RemoteDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Deliveries for people. Answers of receivers are left out: their content is not trusted. */
final class DeliveryTable {
  private static final List<String> HEAD =
      List.of("ID", "STATE", "ATTEMPTS", "CREATED", "TYPE", "RECEIVER");

  private DeliveryTable() {}

  /** A line of headings and a line for each delivery, followed by one for each attempt. */
  static List<String> lines(List<RemoteDelivery> deliveries, boolean withAttempts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    deliveries.forEach(delivery -> rows.add(row(delivery)));
    List<String> table = TextTable.lines(rows);
    if (!withAttempts) {
      return table;
    }
    List<String> lines = new ArrayList<>(table.subList(0, 1));
    for (int i = 0; i < deliveries.size(); i++) {
      lines.add(table.get(i + 1));
      deliveries.get(i).attempts().forEach(each -> lines.add("  " + attempt(each)));
      if (deliveries.get(i).text("state").equals("pending")) {
        lines.add("  next attempt due at " + deliveries.get(i).text("dueAt"));
      }
    }
    return lines;
  }

  /** Outcome of the last attempt; empty if there was none. */
  static String last(RemoteDelivery delivery) {
    List<JsonNode> attempts = delivery.attempts();
    return attempts.isEmpty() ? "" : attempts.get(attempts.size() - 1).path("message").asText("");
  }

  private static List<String> row(RemoteDelivery delivery) {
    return List.of(
        delivery.id(),
        delivery.state(),
        Integer.toString(delivery.attempts().size()),
        delivery.text("createdAt"),
        delivery.text("type"),
        delivery.text("url"));
  }

  private static String attempt(JsonNode each) {
    return List.of(
            "attempt " + each.path("attempt").asText("?"),
            each.path("at").asText(""),
            each.path("outcome").asText("") + ": " + each.path("message").asText(""))
        .stream()
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
