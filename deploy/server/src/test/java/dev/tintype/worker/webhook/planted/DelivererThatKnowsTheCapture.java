package dev.tintype.worker.webhook.planted;

import dev.tintype.worker.capture.Photographer;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class DelivererThatKnowsTheCapture {
  final Class<?> photographer = Photographer.class;
}
