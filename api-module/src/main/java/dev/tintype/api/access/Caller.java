package dev.tintype.api.access;

import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantPlan;
import io.vertx.ext.web.RoutingContext;

/**
 * Who makes a request, and what that caller may take. Resolved once, before any handler.
 *
 * @param tenant owner of everything that the request finds and stores
 * @param plan limits of the tenant
 */
public record Caller(Tenant tenant, TenantPlan plan) {
  private static final String KEY = Caller.class.getName();

  /** The caller of a request. */
  public static Caller of(RoutingContext ctx) {
    Caller caller = ctx.get(KEY);
    if (caller == null) {
      throw new IllegalStateException("no caller: " + ctx.request().path() + " is outside of /v1");
    }
    return caller;
  }

  /** Puts the caller where the handlers find it. */
  public void attach(RoutingContext ctx) {
    ctx.put(KEY, this);
  }

  boolean owns(Tenant owner) {
    return tenant.equals(owner);
  }
}
