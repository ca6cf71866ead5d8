package dev.tintype.worker.egress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults since the last drain: each kind once per host, up to a limit. Thread-safe. */
final class EgressFaults {
  /** More hosts than a page that works has; a page that names thousands must not fill memory. */
  static final int MAX = 100;

  private static final Logger log = LoggerFactory.getLogger(EgressFaults.class);

  private record Key(EgressFault.Kind kind, String host) {}

  private final Map<Key, EgressFault> faults = new LinkedHashMap<>();
  private boolean full;

  /**
   * Keeps and logs a fault, unless the same is there already: a page may request a refused host a
   * thousand times.
   *
   * @param reason for the log alone
   */
  synchronized void add(EgressFault fault, String reason) {
    Key key = new Key(fault.kind(), fault.host());
    if (faults.containsKey(key) || full) {
      return;
    }
    if (faults.size() == MAX) {
      full = true;
      log.warn("event=egress_faults_full limit={}", MAX);
      return;
    }
    faults.put(key, fault);
    log.warn(
        "event=egress_fault kind={} host={} reason=\"{}\"", fault.kind(), fault.host(), reason);
  }

  synchronized List<EgressFault> drain() {
    List<EgressFault> drained = List.copyOf(faults.values());
    faults.clear();
    full = false;
    return drained;
  }
}
