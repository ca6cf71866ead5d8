package dev.tintype.queue;

/**
 * What a tenant may take of the platform. It comes with each submission; the queue keeps the
 * latest.
 *
 * @param weight its share of browser time beside other tenants, 1 to 1,000
 * @param maxRunning captures at once, at least 1
 * @param maxWaiting jobs that may be queued or scheduled, at least 1
 * @param rate submissions a second, 0 for no limit
 * @param burst submissions that may come at once, after a rest; at least 1
 */
public record TenantPlan(int weight, int maxRunning, int maxWaiting, double rate, int burst) {
  /** Room for everybody, and a bound for mistakes. */
  public static final TenantPlan DEFAULT = new TenantPlan(1, 10_000, 1_000_000, 0, 1);

  public TenantPlan {
    if (weight < 1 || weight > 1_000) {
      throw new IllegalArgumentException("weight is " + weight + "; allowed is 1 to 1000");
    }
    if (maxRunning < 1 || maxWaiting < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "maxRunning is %d, maxWaiting %d, burst %d; allowed is 1 or more"
              .formatted(maxRunning, maxWaiting, burst));
    }
    // A rate below one in twelve days is a way to say never.
    if (!(rate == 0 || (rate >= 1e-6 && rate <= 1e6))) {
      throw new IllegalArgumentException(
          "rate is " + rate + "; allowed is 0 for no limit, or 0.000001 to 1000000 a second");
    }
  }
}
