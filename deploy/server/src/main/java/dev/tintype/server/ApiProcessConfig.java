package dev.tintype.server;

import dev.tintype.api.ApiConfig;
import dev.tintype.capture.field.Durations;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of an API process, except for its Redis.
 *
 * @param maxWaiting jobs of all tenants that may wait; further ones are answered with 503
 */
record ApiProcessConfig(ApiConfig http, int maxWaiting, EgressConfig egress) {
  ApiProcessConfig {
    if (maxWaiting < 1) {
      throw new StartException("--max-waiting is " + maxWaiting + "; allowed is 1 or more");
    }
  }

  /** The settings for the log, by name. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("host", http.host());
    settings.put("port", http.port());
    settings.put("max_wait", Durations.spell(http.maxWait()));
    settings.put("max_waiting", maxWaiting);
    return settings;
  }
}
