package dev.tintype.api.access;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantPlan;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tenants are told apart, and what each may take.
 *
 * @param header of the request that names the tenant; to be set only where everything in front is
 *     trusted to set it. Null: every request is of {@link Tenant#DEFAULT}
 * @param plan of a tenant that has none of its own
 * @param plans of single tenants
 */
public record Tenants(@Nullable String header, TenantPlan plan, Map<Tenant, TenantPlan> plans) {
  /** Everybody is the same tenant, and nobody is limited. */
  public static final Tenants ONE = new Tenants(null, TenantPlan.DEFAULT, Map.of());

  public Tenants {
    plans = Map.copyOf(plans);
  }

  /** The caller of a request, by its header. */
  public Caller resolve(HttpServerRequest request) {
    Tenant tenant = tenant(request);
    return new Caller(tenant, plans.getOrDefault(tenant, plan));
  }

  private Tenant tenant(HttpServerRequest request) {
    String name = header == null ? null : request.getHeader(header);
    if (name == null) {
      return Tenant.DEFAULT;
    }
    try {
      return new Tenant(name);
    } catch (IllegalArgumentException e) {
      String detail = "header " + header + " is " + e.getMessage();
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER, detail, List.of(new FieldError("/" + header, detail)));
    }
  }
}
