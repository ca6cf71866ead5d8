package dev.tintype.queue;

/**
 * A worker process.
 *
 * @param name unique in the fleet; a part of timelines, so without white space
 * @param browsers how many captures it can run at once, 1 to 64
 */
public record Worker(String name, int browsers) {
  public Worker {
    if (!name.matches("\\S+")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of a worker; a word without white space is");
    }
    if (browsers < 1 || browsers > 64) {
      throw new IllegalArgumentException("browsers is " + browsers + "; allowed is 1 to 64");
    }
  }
}
