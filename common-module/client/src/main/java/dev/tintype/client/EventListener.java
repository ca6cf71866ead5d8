package dev.tintype.client;

/**
 * Hears what happens to jobs, on the thread that follows them. An exception that it throws ends the
 * following, and comes to whoever began it.
 */
public interface EventListener {
  /** The next event; each comes once, and those of a job in their order. */
  void event(RemoteEvent event);

  /** The stream was lost and is requested again. Events of the meantime follow later. */
  void trouble(String what);
}
