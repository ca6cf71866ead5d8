package dev.tintype.worker.egress;

import java.util.ArrayDeque;
import java.util.Queue;

/** A semaphore that queues callbacks, first in, first out. Confined to one thread. */
final class AsyncSemaphore {
  private final int permits;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int acquired;
  private boolean dispatching;

  AsyncSemaphore(int permits) {
    this.permits = permits;
  }

  /**
   * Runs work as soon as a permit is free, possibly before this method returns.
   *
   * @param work must call {@link #release} exactly once, when it no longer needs the permit
   */
  void acquire(Runnable work) {
    waiting.add(work);
    dispatch();
  }

  void release() {
    acquired--;
    dispatch();
  }

  private void dispatch() {
    if (dispatching) {
      // Work that releases its permit before it returns is called from the loop below, which
      // continues; a recursive call would need a stack frame for each of them.
      return;
    }
    dispatching = true;
    try {
      while (acquired < permits && !waiting.isEmpty()) {
        acquired++;
        waiting.remove().run();
      }
    } finally {
      dispatching = false;
    }
  }
}
