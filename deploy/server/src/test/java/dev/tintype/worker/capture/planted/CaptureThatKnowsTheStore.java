package dev.tintype.worker.capture.planted;

import dev.tintype.image.ImageStore;

/** Breaks an architecture rule, which proves that the rule can fail. */
class CaptureThatKnowsTheStore {
  final Class<?> store = ImageStore.class;
}
