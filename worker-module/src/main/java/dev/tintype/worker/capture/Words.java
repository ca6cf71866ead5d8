package dev.tintype.worker.capture;

/**
 * How much a page may say about itself. It goes into the job's result, which is stored, and read
 * again each time that somebody asks for the job.
 */
final class Words {
  /** More than any list of results shows. */
  static final int MAX_TITLE = 1024;

  /** As much as servers usually take; Chromium takes two million. */
  static final int MAX_URL = 8192;

  private Words() {}

  /** The first characters; a character of two halves is in it whole or not at all. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
