package dev.tintype.server;

import dev.tintype.cli.command.ProductVersion;
import dev.tintype.json.Json;
import dev.tintype.server.MachineChecks.Finding;
import dev.tintype.server.MachineChecks.Verdict;
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

/** {@code tintype doctor}: checks the machine and says how to fix each finding. */
@Command(
    name = "doctor",
    description = "Check this machine: Java, browser, sandbox, fonts, Redis.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    sortOptions = false,
    footer = {"", "Exit codes: 0 no errors (there may be warnings), 1 at least one error."})
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--redis",
      paramLabel = "URI",
      description = "Redis to check. Default: the embedded one of `tintype serve`.")
  private @Nullable String redis;

  // Without a fallback, the flag would turn off what the environment variable turns on.
  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      description = "Print findings as JSON, one per line.")
  private boolean json;

  @Mixin private final WorkerOptions worker = new WorkerOptions();
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  @Override
  public Integer call() throws Exception {
    new LogOptions().silence();
    Vertx vertx = Vertx.vertx();
    List<Finding> findings = new MachineChecks(vertx, worker.browser(), redis).findings();
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
