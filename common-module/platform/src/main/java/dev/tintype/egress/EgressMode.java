package dev.tintype.egress;

import java.util.Locale;

/** How much of the network the product may dial. */
public enum EgressMode {
  /** The public internet, and what the allow list names. The default. */
  PUBLIC,
  /** Everything, for an operator whose pages all live on a trusted network. */
  ANY;

  private final String word = name().toLowerCase(Locale.ROOT);

  @Override
  public String toString() {
    return word;
  }
}
