package dev.tintype.client;

/** Hears how a wait goes, on the thread that waits. */
public interface WaitListener {
  /** Hears nothing. */
  WaitListener NONE =
      new WaitListener() {
        @Override
        public void known(RemoteJob job) {}

        @Override
        public void trouble(String what) {}
      };

  /** The job as it is now; also when nothing has changed. */
  void known(RemoteJob job);

  /** A question had no answer and is asked again. */
  void trouble(String what);
}
