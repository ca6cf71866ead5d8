package dev.tintype.worker.egress.planted;

import dev.tintype.worker.browser.BrowserVerticle;

/** Breaks an architecture rule, which proves that the rule can fail. */
class EgressThatKnowsTheBrowser {
  final Class<?> browser = BrowserVerticle.class;
}
