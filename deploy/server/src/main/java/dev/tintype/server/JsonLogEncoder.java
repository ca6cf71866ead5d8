package dev.tintype.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.tintype.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes one JSON object per line. Each {@code key=value} of a message becomes a property of its
 * own, so that a log store can filter by {@code event}, {@code job} or {@code host}.
 *
 * <p>The keys are read from the message's template, not from the formatted text: text that a client
 * sent cannot add a property or replace one.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];
  private static final String PLACEHOLDER = "{}";
  private static final Pattern PAIR = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S*))");

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    fields(event).forEach(line::putIfAbsent);
    line.putIfAbsent("message", event.getFormattedMessage());
    line.putIfAbsent("logger", event.getLoggerName());
    line.putIfAbsent("thread", event.getThreadName());
    if (event.getThrowableProxy() != null) {
      line.putIfAbsent("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    @Nullable Object[] given = event.getArgumentArray();
    Iterator<@Nullable Object> arguments =
        given == null ? List.<@Nullable Object>of().iterator() : Arrays.asList(given).iterator();
    String template = event.getMessage();
    Map<String, Object> fields = new LinkedHashMap<>();
    var pairs = PAIR.matcher(template);
    int end = 0;
    while (pairs.find()) {
      // Arguments outside of a pair have no name; the message has them.
      take(placeholders(template.substring(end, pairs.start())), arguments);
      end = pairs.end();
      String value = pairs.group(2) != null ? pairs.group(2) : pairs.group(3);
      fields.putIfAbsent(pairs.group(1), value(value, take(placeholders(value), arguments)));
    }
    return fields;
  }

  /** Numbers and booleans keep their type; everything else is text, as in the text format. */
  private static Object value(String template, @Nullable Object[] arguments) {
    if (template.equals(PLACEHOLDER)
        && (arguments[0] instanceof Number || arguments[0] instanceof Boolean)) {
      return arguments[0];
    }
    return MessageFormatter.arrayFormat(template, arguments).getMessage();
  }

  private static int placeholders(String text) {
    return text.split(Pattern.quote(PLACEHOLDER), -1).length - 1;
  }

  private static @Nullable Object[] take(int count, Iterator<@Nullable Object> arguments) {
    @Nullable Object[] taken = new Object[count];
    for (int i = 0; i < count; i++) {
      taken[i] = arguments.hasNext() ? arguments.next() : PLACEHOLDER;
    }
    return taken;
  }
}
