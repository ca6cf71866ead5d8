package dev.tintype.server;

import dev.tintype.cli.command.ProductVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first line of a process: its version and its settings, without passwords. */
final class StartupLog {
  private StartupLog() {}

  /**
   * Logs {@code event=starting}.
   *
   * @param role the command that runs
   * @param settings what else there is, by name
   */
  static void write(
      String role, RedisConfig redis, EgressConfig egress, Map<String, Object> settings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "starting");
    fields.put("version", ProductVersion.current());
    fields.put("role", role);
    fields.put("java", Runtime.version().toString());
    fields.put("redis", redis.address());
    fields.put("namespace", redis.namespace());
    fields.putAll(settings);
    fields.put("egress", egress.mode());
    fields.put("egress_allow", String.join(",", egress.allow()));
    // A logger is made here and not in a constant, because --help must not start the logging.
    Logger log = LoggerFactory.getLogger(StartupLog.class);
    log.info(
        fields.entrySet().stream().map(StartupLog::pair).collect(Collectors.joining(" ")),
        fields.values().toArray());
  }

  private static String pair(Map.Entry<String, Object> field) {
    boolean isOneWord = String.valueOf(field.getValue()).matches("\\S+");
    return field.getKey() + (isOneWord ? "={}" : "=\"{}\"");
  }
}
