package dev.tintype.capture.field;

import java.util.Optional;

/** What to say about a name that is no field. */
@FunctionalInterface
public interface NameAdvice {
  /** No advice about any name. */
  NameAdvice NONE = (name, place) -> Optional.empty();

  /** The rest of a sentence that begins with the name; empty if nothing is known about it. */
  Optional<String> about(String name, Place place);
}
