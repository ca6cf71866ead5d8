package dev.tintype.worker.browser;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets so many work at once, and the others after them in their order. Confined to one thread. */
final class Turns {
  private final int max;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int taken;
  private boolean handingOut;

  Turns(int max) {
    this.max = max;
  }

  /**
   * Runs work when it is its turn, perhaps at once.
   *
   * @param work is to {@link #giveBack} its turn once, when it is done with it
   */
  void take(Runnable work) {
    waiting.add(work);
    handOut();
  }

  void giveBack() {
    taken--;
    handOut();
  }

  private void handOut() {
    if (handingOut) {
      // Work that needed no time gives its turn back within the loop below, which goes on.
      return;
    }
    handingOut = true;
    try {
      while (taken < max && !waiting.isEmpty()) {
        taken++;
        waiting.remove().run();
      }
    } finally {
      handingOut = false;
    }
  }
}
