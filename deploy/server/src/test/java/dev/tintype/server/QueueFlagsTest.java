package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.api.access.Tenants;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Retention;
import dev.tintype.queue.TenantPlan;
import dev.tintype.redis.connection.RedisFacts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Flags for tenants, retention and the queue. */
class QueueFlagsTest {
  @Command
  private static final class Flags {
    @Mixin private final TenantOptions tenants = new TenantOptions();
    @Mixin private final RetentionOptions retention = new RetentionOptions();

    static Flags of(String... arguments) {
      var flags = new Flags();
      new CommandLine(flags).parseArgs(arguments);
      return flags;
    }
  }

  @Test
  void planOfOneTenantOverridesTheCommonPlan() {
    Tenants tenants =
        Flags.of(
                "--tenant-header",
                "X-Tenant",
                "--plan",
                "running=4,rate=0.5,burst=10",
                "--tenant",
                "acme:weight=3,running=8;tiny:waiting=10")
            .tenants
            .tenants();

    assertThat(tenants)
        .isEqualTo(
            new Tenants(
                "X-Tenant",
                new TenantPlan(1, 4, 1_000_000, 0.5, 10),
                Map.of(
                    new Tenant("acme"), new TenantPlan(3, 8, 1_000_000, 0.5, 10),
                    new Tenant("tiny"), new TenantPlan(1, 4, 10, 0.5, 10))));
  }

  @Test
  void invalidPlanIsReportedWithTheAllowedValues() {
    assertThatThrownBy(() -> Flags.of("--plan", "speed=3"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("weight, running, waiting, rate, burst");
    assertThatThrownBy(() -> Flags.of("--plan", "weight=0")).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> Flags.of("--plan", "running=1.5"))
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> Flags.of("--tenant", "Not A Name:weight=1").tenants.tenants())
        .hasMessageContaining("Not A Name");
  }

  @Test
  void sizesHaveTheUnitsOfRedis() {
    Retention retention =
        Flags.of("--retention", "1h", "--retention-bytes", "512m", "--retention-tenant-bytes", "7")
            .retention
            .config()
            .on(redisOf(0));

    assertThat(retention)
        .isEqualTo(new Retention(Duration.ofHours(1), 100_000, 512L << 20, 100_000, 7));
    assertThatThrownBy(() -> Flags.of("--retention-bytes", "lots"))
        .hasMessageContaining("such as 500m or 4g");
    assertThatThrownBy(() -> Flags.of("--retention-bytes", "16777216t"))
        .hasMessageContaining("too large");
  }

  @Test
  void imagesMayTakeHalfOfTheMemoryOfRedis() {
    assertThat(Flags.of().retention.config().on(redisOf(100)).bytes()).isEqualTo(50);
    assertThat(Flags.of().retention.config().on(redisOf(0)).bytes()).isEqualTo(1L << 30);
  }

  private static RedisFacts redisOf(long maxMemoryBytes) {
    return new RedisFacts("7.0.15", "noeviction", maxMemoryBytes, 0, true);
  }
}
