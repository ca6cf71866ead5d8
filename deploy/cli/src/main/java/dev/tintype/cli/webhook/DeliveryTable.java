package dev.tintype.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.cli.command.TextTable;
import dev.tintype.client.RemoteDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Deliveries for people. What receivers answered is left out: nobody vouches for those bytes. */
final class DeliveryTable {
  private static final List<String> HEAD =
      List.of("ID", "STATE", "TRIES", "CREATED", "TYPE", "RECEIVER");

  private DeliveryTable() {}

  /** A line of headings and a line for each delivery; below it one for each of its tries. */
  static List<String> lines(List<RemoteDelivery> deliveries, boolean withTries) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    deliveries.forEach(delivery -> rows.add(row(delivery)));
    List<String> table = TextTable.lines(rows);
    if (!withTries) {
      return table;
    }
    List<String> lines = new ArrayList<>(table.subList(0, 1));
    for (int i = 0; i < deliveries.size(); i++) {
      lines.add(table.get(i + 1));
      deliveries.get(i).tries().forEach(each -> lines.add("  " + tried(each)));
      if (deliveries.get(i).text("state").equals("pending")) {
        lines.add("  next try due at " + deliveries.get(i).text("dueAt"));
      }
    }
    return lines;
  }

  /** What the last of its tries met; empty if there was none. */
  static String last(RemoteDelivery delivery) {
    List<JsonNode> tries = delivery.tries();
    return tries.isEmpty() ? "" : tries.get(tries.size() - 1).path("message").asText("");
  }

  private static List<String> row(RemoteDelivery delivery) {
    return List.of(
        delivery.id(),
        delivery.state(),
        Integer.toString(delivery.tries().size()),
        delivery.text("createdAt"),
        delivery.text("type"),
        delivery.text("url"));
  }

  private static String tried(JsonNode each) {
    return List.of(
            "try " + each.path("attempt").asText("?"),
            each.path("at").asText(""),
            each.path("outcome").asText("") + ": " + each.path("message").asText(""))
        .stream()
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
