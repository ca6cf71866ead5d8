package dev.tintype.worker.capture;

/** Limits of the texts that a page contributes to the stored result of its job. */
final class Words {
  /** More than any list of results shows. */
  static final int MAX_TITLE = 1024;

  /** As much as servers usually take; Chromium takes two million. */
  static final int MAX_URL = 8192;

  private Words() {}

  /** The first characters, without half a surrogate pair at the end. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
