package dev.tintype.redis.script;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What several {@link Script}s do alike: a Lua file of its name in the folder {@code parts}. One
 * that calls another stands below it, here as in the text of a script.
 */
@SuppressWarnings("ImmutableEnumChecker") // The list is one of List.of.
enum ScriptPart {
  JOB,
  WAITING(JOB),
  AGAIN(WAITING),
  HOSTS(WAITING),
  STARTING(HOSTS),
  IMAGES(JOB),
  RUNNING(HOSTS, IMAGES),
  OUTBOX(JOB),
  BATCHES(OUTBOX),
  FINISHED(BATCHES),
  DROPPED(HOSTS, FINISHED),
  CANCELLED(RUNNING, DROPPED),
  FORGOTTEN(WAITING, FINISHED, IMAGES),
  INTAKE(WAITING),
  STORED(INTAKE),
  ENDPOINTS(JOB),
  LANES(OUTBOX),
  DELIVERIES(ENDPOINTS, LANES);

  private final List<ScriptPart> needs;

  ScriptPart(ScriptPart... needs) {
    this.needs = List.of(needs);
  }

  String fileName() {
    return "parts/" + name().toLowerCase(Locale.ROOT) + ".lua";
  }

  /** The parts with all that they need, in the order in which they must stand. */
  static List<ScriptPart> inOrder(ScriptPart... wanted) {
    Set<ScriptPart> all = EnumSet.noneOf(ScriptPart.class);
    for (ScriptPart part : wanted) {
      part.addTo(all);
    }
    return List.copyOf(all);
  }

  private void addTo(Set<ScriptPart> all) {
    needs.forEach(need -> need.addTo(all));
    all.add(this);
  }
}
