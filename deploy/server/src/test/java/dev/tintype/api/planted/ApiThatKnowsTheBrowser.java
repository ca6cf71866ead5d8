package dev.tintype.api.planted;

import com.microsoft.playwright.Playwright;
import dev.tintype.server.Tintype;
import picocli.CommandLine.Command;

/** Breaks a rule of the house, so that the rule is seen to notice. */
class ApiThatKnowsTheBrowser {
  final Class<?> playwright = Playwright.class;
  final Class<?> command = Command.class;
  final Class<?> root = Tintype.class;
}
