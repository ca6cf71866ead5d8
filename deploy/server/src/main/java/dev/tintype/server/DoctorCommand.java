package dev.tintype.server;

import dev.tintype.json.Json;
import dev.tintype.server.Diagnosis.Finding;
import dev.tintype.server.Diagnosis.Verdict;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tintype doctor}: looks at the machine and says what to do about each finding. */
@Command(
    name = "doctor",
    description = "Check this machine: Java, browser, sandbox, fonts, Redis.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 all is well or a warning, 1 something would not work."})
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--redis",
      paramLabel = "URI",
      description = "Also check this Redis. Without it, the one that `serve` would start.")
  private @Nullable String redis;

  // The fallback keeps the flag from meaning the opposite when the environment sets it too.
  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      description = "Findings as JSON, one a line.")
  private boolean json;

  @Mixin private final WorkerOptions worker = new WorkerOptions();
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  @Override
  public Integer call() throws Exception {
    var logs = new LogOptions();
    logs.silence();
    Vertx vertx = Vertx.vertx();
    List<Finding> findings = new Diagnosis(vertx, worker.browser(), redis).findings();
    vertx.close().await();
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(finding -> print(out, finding));
    out.flush();
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BAD) ? 1 : 0;
  }

  private void print(PrintWriter out, Finding finding) {
    if (json) {
      out.println(Json.write(finding));
      return;
    }
    out.printf(
        Locale.ROOT, "%-5s %-8s %s%n", finding.verdict(), finding.subject(), finding.observation());
    if (!finding.remedy().isEmpty()) {
      out.printf(Locale.ROOT, "%-5s %-8s -> %s%n", "", "", finding.remedy());
    }
  }
}
