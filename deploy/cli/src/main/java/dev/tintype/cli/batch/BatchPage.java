package dev.tintype.cli.batch;

import dev.tintype.client.Capture;

/**
 * One capture of a batch, with its place in the journal.
 *
 * @param line where it stands in the list, from 1
 * @param key what it is called in the journal, and to the server
 * @param name of its file, without the extension
 */
public record BatchPage(int line, Capture capture, String key, String name) {
  /** The address, or {@code html} for a page that has none. */
  public String title() {
    return capture.json().path("url").asText("html");
  }
}
