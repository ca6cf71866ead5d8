package dev.tintype.server;

import dev.tintype.api.access.Tenants;
import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags for tenants and their limits. */
final class TenantOptions {
  @Option(
      names = "--max-waiting",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Maximum number of waiting jobs of all tenants; further submissions get 503. Default: ${DEFAULT-VALUE}.")
  private int maxWaiting;

  @Option(
      names = "--tenant-header",
      paramLabel = "NAME",
      description =
          "Request header that names the tenant; set by a trusted proxy. Default: all requests belong to one tenant.")
  private @Nullable String header;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      converter = PlanConverter.class,
      description =
          "Limits of each tenant, such as weight=1,running=4,waiting=1000,rate=10,burst=20: share of browser time, running captures, waiting jobs, submissions per second and their burst. Default: no limits.")
  private TenantPlan plan = TenantPlan.DEFAULT;

  @Option(
      names = "--tenant",
      paramLabel = "NAME:PLAN",
      split = ";",
      description =
          "Limits of one tenant, such as acme:weight=3,running=8; omitted limits are those of --plan. Separate several tenants with semicolons.")
  private List<String> tenants = List.of();

  int maxWaiting() {
    return maxWaiting;
  }

  Tenants tenants() {
    Map<Tenant, TenantPlan> plans = new HashMap<>();
    for (String entry : tenants) {
      String[] parts = entry.split(":", 2);
      try {
        plans.put(new Tenant(parts[0]), parsePlan(parts.length == 1 ? "" : parts[1], plan));
      } catch (IllegalArgumentException e) {
        throw new StartException("--tenant " + entry + ": " + e.getMessage(), e);
      }
    }
    return new Tenants(header, plan, plans);
  }

  private static TenantPlan parsePlan(String text, TenantPlan rest) {
    TenantPlan plan = rest;
    for (String part : text.split(",", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException(
            "\"" + part + "\" is not of the form name=number, such as weight=3");
      }
      plan = with(plan, pair[0].strip(), number(pair[1].strip()));
    }
    return plan;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
    }
  }

  private static TenantPlan with(TenantPlan plan, String name, double number) {
    int whole = (int) number;
    if (whole != number && !name.equals("rate")) {
      throw new IllegalArgumentException(name + " is " + number + "; allowed is a whole number");
    }
    return switch (name) {
      case "weight" ->
          new TenantPlan(whole, plan.maxRunning(), plan.maxWaiting(), plan.rate(), plan.burst());
      case "running" ->
          new TenantPlan(plan.weight(), whole, plan.maxWaiting(), plan.rate(), plan.burst());
      case "waiting" ->
          new TenantPlan(plan.weight(), plan.maxRunning(), whole, plan.rate(), plan.burst());
      case "rate" ->
          new TenantPlan(plan.weight(), plan.maxRunning(), plan.maxWaiting(), number, plan.burst());
      case "burst" ->
          new TenantPlan(plan.weight(), plan.maxRunning(), plan.maxWaiting(), plan.rate(), whole);
      default ->
          throw new IllegalArgumentException(
              "\"" + name + "\" is unknown; allowed are weight, running, waiting, rate, burst");
    };
  }

  private static final class PlanConverter implements ITypeConverter<TenantPlan> {
    @Override
    public TenantPlan convert(String text) {
      try {
        return parsePlan(text, TenantPlan.DEFAULT);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
